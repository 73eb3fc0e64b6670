namespace StoreCreditAdmin.Tests.Features.Jobs;
public sealed class DueJobsTests { }
