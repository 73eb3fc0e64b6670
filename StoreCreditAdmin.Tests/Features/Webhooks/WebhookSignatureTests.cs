using System.Text;
using StoreCreditAdmin.Features.Webhooks;

namespace StoreCreditAdmin.Tests.Features.Webhooks;

public sealed class WebhookSignatureTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"id":"0199","kind":"balance.changed","data":{"name":"Zoë 王"}}""");

    /// <summary>The expected digests come from Python's hmac module.</summary>
    [Fact]
    public void A_signature_is_the_hmac_of_the_time_a_dot_and_the_body() =>
        Assert.Equal(
            "t=1795348800,v1=14bb67cc540aa780ace3f78f3ae7f808abc54c91b2e101649e1a10fe2edf2f5a",
            WebhookSignature.Of(Noon, Body, ["scw_test-secret"]));

    [Fact]
    public void While_a_secret_changes_both_sign() =>
        Assert.Equal(
            "t=1795348800,v1=14bb67cc540aa780ace3f78f3ae7f808abc54c91b2e101649e1a10fe2edf2f5a,v1=4aa541b404fe5bb575d58cccde0feca0218117e17b835c51c80c5e5a2a243a80",
            WebhookSignature.Of(Noon, Body, ["scw_test-secret", "scw_older-secret"]));

    [Fact]
    public void Another_time_body_or_secret_gives_another_signature()
    {
        var signature = WebhookSignature.Of(Noon, Body, ["scw_test-secret"]);

        Assert.NotEqual(signature[^64..], WebhookSignature.Of(Noon.AddSeconds(1), Body, ["scw_test-secret"])[^64..]);
        Assert.NotEqual(signature, WebhookSignature.Of(Noon, Body.AsSpan(1), ["scw_test-secret"]));
        Assert.NotEqual(signature, WebhookSignature.Of(Noon, Body, ["scw_test-secreT"]));
    }
}
