using System.ComponentModel.DataAnnotations;

namespace StoreCreditAdmin.Features.Mails;

/// <summary>Whom the e-mails of an account go to.</summary>
public static class MailReaders
{
    private static readonly EmailAddressAttribute Address = new();

    /// <summary>Whether a contact is one of them: its address can be one, and a contact of a company may use its credit.</summary>
    public static bool Includes(bool isPerson, string? email, bool mayUseCredit) => email is not null && Address.IsValid(email) && (isPerson || mayUseCredit);
}
