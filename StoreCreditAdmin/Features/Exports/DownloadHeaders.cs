namespace StoreCreditAdmin.Features.Exports;

internal static class DownloadHeaders
{
    /// <summary>Makes the answer a file that a browser saves, keeps in no cache and takes for nothing but what it is.</summary>
    public static void BecomeFile(this HttpResponse response, string contentType, string fileName)
    {
        response.ContentType = contentType;
        response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
    }
}
