using System.Diagnostics.CodeAnalysis;

namespace StoreCreditAdmin.Domain;

/// <summary>A reason to say no that a person can act on. <see cref="Field"/> names the input at fault, in camelCase, where there is one.</summary>
public sealed record Refusal(string Code, string Message, string? Field = null);

/// <summary>Either a value or the refusal that stands in its place. Bugs are exceptions, never refusals.</summary>
public readonly struct Result<T>
{
    private readonly T? value;

    private Result(T? value, Refusal? refusal, bool replayed)
    {
        this.value = value;
        Refusal = refusal;
        Replayed = replayed;
    }

    public Refusal? Refusal { get; }

    /// <summary>True when the answer is the remembered one of an earlier call with the same idempotency key.</summary>
    public bool Replayed { get; }

    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsOk => Refusal is null;

    /// <exception cref="InvalidOperationException">The result is a refusal.</exception>
    public T Value => IsOk ? value! : throw new InvalidOperationException($"Refused: {Refusal.Code}: {Refusal.Message}");

    /// <summary>For values whose static type is an interface or may be null, which no implicit conversion covers.</summary>
    public static Result<T> Of(T value) => new(value, null, replayed: false);

    public Result<T> AsReplay() => new(value, Refusal, replayed: true);

    public Result<TOther> Map<TOther>(Func<T, TOther> map) => IsOk ? map(Value) : Refusal;

    public static implicit operator Result<T>(T value) => new(value, null, replayed: false);

    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal, replayed: false);
}

/// <summary>The value of an operation that answers nothing but its success.</summary>
public sealed record Done
{
    public static readonly Done Instance = new();
}
