using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace StoreCreditAdmin.Tests.TestSupport;

/// <summary>What a receiver got.</summary>
public sealed record Received(string Body, string Id, string Kind, string Signature);

/// <summary>A receiver of messages on this machine, which answers as the test tells it.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Channel<Received> received = Channel.CreateUnbounded<Received>();
    private readonly WebApplication app;

    private Receiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        app = builder.Build();
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var headers = context.Request.Headers;
            received.Writer.TryWrite(new Received(
                await reader.ReadToEndAsync(),
                headers["StoreCredit-Message-Id"].ToString(),
                headers["StoreCredit-Message-Kind"].ToString(),
                headers["StoreCredit-Signature"].ToString()));
            await Answer(context);
        });
    }

    /// <summary>Says 204 unless told otherwise.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = Say(StatusCodes.Status204NoContent);

    public string Url => app.Urls.Single() + "/messages";

    public static async Task<Receiver> StartAsync()
    {
        var receiver = new Receiver();
        await receiver.app.StartAsync();
        return receiver;
    }

    public static Func<HttpContext, Task> Say(int status, string body = "") => context =>
    {
        context.Response.StatusCode = status;
        return body.Length == 0 ? Task.CompletedTask : context.Response.WriteAsync(body);
    };

    /// <summary>Never answers, until the caller goes.</summary>
    public static async Task HangAsync(HttpContext context)
    {
        try
        {
            await Task.Delay(Patience, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>Waits for the next message.</summary>
    public async Task<Received> NextAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        return await received.Reader.ReadAsync(limit.Token);
    }

    /// <summary>What has come and was not asked for yet.</summary>
    public IReadOnlyList<Received> Rest()
    {
        var rest = new List<Received>();
        while (received.Reader.TryRead(out var one))
        {
            rest.Add(one);
        }

        return rest;
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await app.StopAsync(limit.Token);
        await app.DisposeAsync();
    }
}
