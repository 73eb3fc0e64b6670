using Bunit;
using StoreCreditAdmin.Components.Shared;
using StoreCreditAdmin.Domain;
using StoreCreditAdmin.Features.Access;

namespace StoreCreditAdmin.Tests.Components.Shared;

public sealed class LoadViewTests : BunitContext
{
    public LoadViewTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Radzen.ServiceCollectionExtensions.AddRadzenComponents(Services);
    }

    [Fact]
    public void A_newer_reading_cancels_the_older_and_a_late_answer_is_never_shown()
    {
        var answers = new Dictionary<string, TaskCompletionSource<string>> { ["a"] = new(), ["ab"] = new() };
        var cancelled = new List<string>();
        var view = Show("a", key => cancellation =>
        {
            cancellation.Register(() => cancelled.Add(key));
            return answers[key].Task;
        });
        Assert.NotNull(view.Find("[role=status]"));

        view.Render(parameters => parameters.Add(one => one.Key, "ab").Add(one => one.Source, _ => answers["ab"].Task));
        answers["ab"].SetResult("found ab");
        view.WaitForAssertion(() => Assert.Equal("found ab", view.Find("p").TextContent));
        answers["a"].SetResult("found a");

        Assert.Equal(["a"], cancelled);
        Assert.Equal("found ab", view.Find("p").TextContent);
    }

    [Fact]
    public void A_reading_that_fails_says_so_and_can_be_tried_again()
    {
        var tries = 0;
        var view = Show("key", _ => _ => ++tries == 1 ? throw new IOException("disk") : Task.FromResult("there it is"));
        Assert.Equal("This could not be read. It has been logged.", view.Find("[role=alert] .state-title").TextContent);

        view.Find("button").Click();

        view.WaitForAssertion(() => Assert.Equal("there it is", view.Find("p").TextContent));
    }

    [Fact]
    public void A_reading_that_is_not_allowed_says_why()
    {
        var view = Show("key", _ => _ => throw new AccessDeniedException(new Refusal("forbidden", "Your role does not allow this.")));

        Assert.Equal("Your role does not allow this.", view.Find("[role=alert] .state-title").TextContent);
    }

    [Fact]
    public void What_is_there_stays_while_it_is_read_again()
    {
        var second = new TaskCompletionSource<string>();
        var view = Show("1", _ => _ => Task.FromResult("first"));

        view.Render(parameters => parameters.Add(one => one.Key, "2").Add(one => one.Source, _ => second.Task));

        Assert.Equal("first", view.Find("p").TextContent);
        Assert.Equal("true", view.Find(".load-view").GetAttribute("aria-busy"));
    }

    private IRenderedComponent<LoadView<string>> Show(string key, Func<string, Func<CancellationToken, Task<string>>> source) =>
        Render<LoadView<string>>(parameters => parameters
            .Add(one => one.Key, key)
            .Add(one => one.Source, source(key))
            .Add(one => one.ChildContent, text => $"<p>{text}</p>"));
}
