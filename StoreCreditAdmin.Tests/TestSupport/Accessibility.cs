using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace StoreCreditAdmin.Tests.TestSupport;

public static class Accessibility
{
    /// <summary>Fails, with a line for each finding, when axe finds something serious or critical on the page.</summary>
    public static async Task AssertAccessibleAsync(this IPage page)
    {
        // Until its font is there, an icon is a word that axe compares with the button's label.
        await page.EvaluateAsync("() => document.fonts.ready.then(() => true)");
        // What fades in or out has for a moment a contrast that nobody reads it with. One that ends may be followed by another.
        await page.EvaluateAsync(
            """
            async () => {
              const moving = () => document.getAnimations().filter(one => one.playState === 'running' && one.effect.getComputedTiming().endTime !== Infinity);
              const frame = () => new Promise(requestAnimationFrame);
              for (let still = 0; still < 3; still++) {
                if (moving().length > 0) {
                  await Promise.all(moving().map(one => one.finished.catch(() => true)));
                  still = -1;
                }
                await frame();
              }
            }
            """);
        // A frame that runs no script cannot be asked. The only one there is shows an e-mail, which is no page of the application.
        var result = await page.RunAxe(new AxeRunOptions { Iframes = false });
        var findings = (
            from violation in result.Violations
            where violation.Impact is "serious" or "critical"
            from node in violation.Nodes
            select $"{violation.Id} ({violation.Impact}): {violation.Help}: {node.Html}").ToList();
        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }
}
