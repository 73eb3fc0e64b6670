using StoreCreditAdmin.Features.CommandLine;

namespace StoreCreditAdmin.Features.Staff;

public static class StaffSetup
{
    public static IServiceCollection AddStaff(this IServiceCollection services) => services
        .AddSingleton<StaffService>()
        .AddCommand(StaffCommands.Add)
        .AddCommand(StaffCommands.List)
        .AddCommand(StaffCommands.Disable)
        .AddCommand(StaffCommands.Enable);
}
