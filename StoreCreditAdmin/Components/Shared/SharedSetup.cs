using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace StoreCreditAdmin.Components.Shared;

public static class SharedSetup
{
    /// <summary>
    /// Cultures whose way to write numbers the pages follow. The words stay English. One that is not here falls back to its language, then to English.
    /// </summary>
    private static readonly string[] NumberCultures =
    [
        "en-US", "en", "en-GB", "en-AU", "en-CA", "en-IE", "en-IN", "en-NZ", "en-SG", "en-ZA",
        "bg", "cs", "da", "de", "de-AT", "de-CH", "de-LI", "el", "es", "es-AR", "es-CL", "es-CO", "es-MX", "es-PE", "es-US", "et", "fi", "fr", "fr-BE", "fr-CA", "fr-CH",
        "he", "hi", "hr", "hu", "id", "is", "it", "it-CH", "ja", "ko", "lt", "lv", "ms", "nb", "nl", "nl-BE", "pl", "pt", "pt-BR", "pt-PT", "ro", "ru", "sk", "sl", "sr",
        "sv", "th", "tr", "uk", "vi", "zh", "zh-CN", "zh-HK", "zh-TW",
    ];

    public static IServiceCollection AddSharedComponents(this IServiceCollection services) => services
        .AddScoped<Toasts>()
        .AddScoped<Dialogs>()
        .AddScoped<ModuleLight>()
        .Configure<RequestLocalizationOptions>(options =>
        {
            options.DefaultRequestCulture = new RequestCulture("en-US", "en");
            options.SupportedCultures = [.. NumberCultures.Select(CultureInfo.GetCultureInfo)];
            options.SupportedUICultures = [CultureInfo.GetCultureInfo("en")];
            options.RequestCultureProviders = [new AcceptLanguageHeaderRequestCultureProvider()];
        });
}
