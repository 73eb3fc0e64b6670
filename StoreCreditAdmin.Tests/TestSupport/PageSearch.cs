using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>Finds parts of a page as people do: by what they read on them.</summary>
public static class PageSearch
{
    /// <summary>The input that a label names, by the label's own words or its <c>aria-label</c>.</summary>
    public static IElement Labelled(this IRenderedComponent<IComponent> page, string label)
    {
        var named = page.FindAll("label").Where(one => one.FirstChild?.TextContent.Trim() == label).Select(one => page.Find("#" + one.GetAttribute("for")));
        return named.Concat(page.FindAll($"input[aria-label=\"{label}\"], select[aria-label=\"{label}\"]")).Distinct().Single();
    }

    /// <summary>The button, or the link, with this name.</summary>
    public static IElement ButtonNamed(this IRenderedComponent<IComponent> page, string name) =>
        page.FindAll("button").Last(button => (button.GetAttribute("aria-label") ?? button.QuerySelector(".rz-button-text")?.TextContent ?? button.TextContent).Trim() == name);

    /// <summary>What is said at an input: what is wrong with it.</summary>
    public static string? ErrorAt(this IRenderedComponent<IComponent> page, string label) =>
        page.Labelled(label).Closest(".field")?.QuerySelector(".field-error")?.ChildNodes.Last().TextContent.Trim();

    /// <summary>The row that begins with this text, its cells one by one.</summary>
    public static string[]? Row(this IRenderedComponent<IComponent> page, string first) => page.FindAll("tbody tr")
        .Select(row => row.Children.Select(Words).ToArray())
        .FirstOrDefault(cells => cells[0].StartsWith(first, StringComparison.Ordinal));

    /// <summary>What stands in an element, piece by piece, with one space between the pieces.</summary>
    public static string Words(IElement element) =>
        string.Join(' ', element.GetDescendants().OfType<IText>().SelectMany(text => text.Data.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
}
