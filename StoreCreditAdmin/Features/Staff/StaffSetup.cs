namespace StoreCreditAdmin.Features.Staff;

public static class StaffSetup
{
    public static IServiceCollection AddStaff(this IServiceCollection services) => services
        .AddSingleton<StaffService>();
}
