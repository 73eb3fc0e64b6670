namespace StoreCreditAdmin.Features.Sample;

/// <summary>The shops of the sample.</summary>
/// <param name="OrderPrefix">What its order numbers begin with.</param>
internal sealed record SampleStore(string Code, string Currency, string OrderPrefix)
{
    public static readonly SampleStore Uk = new("main", "GBP", "UK");
    public static readonly SampleStore Us = new("us", "USD", "US");
    public static readonly SampleStore Japan = new("jp", "JPY", "JP");
}

/// <param name="Store">Where they shop.</param>
internal sealed record SampleCustomer(string ExternalId, string Name, string Email, SampleStore Store, string? Phone = null);

internal sealed record SampleCompany(string ExternalId, string Name, string Email, SampleStore Store, IReadOnlyList<(string Name, string Email, bool MayUseCredit)> Contacts);

/// <summary>Invented customers. None of them exists, and nobody reads mail at their addresses.</summary>
internal static class SampleCustomers
{
    public static readonly IReadOnlyList<SampleCustomer> People =
    [
        Uk(1001, "Eleanor Whitcombe", "eleanor.whitcombe@example.com", "+44 20 7946 0101"),
        Uk(1002, "Oliver Pennington-Hale", "oliver.ph@example.org", "+44 20 7946 0102"),
        Uk(1003, "Imogen O'Rourke", "imogen.orourke@example.net"),
        Uk(1004, "Thomas Ashdown", "thomas.ashdown@example.com", "+44 20 7946 0104"),
        Uk(1005, "Harriet Quill", "harriet+shop@example.com"),
        Uk(1006, "Rupert d’Arcy-Holt", "rupert.darcyholt@example.org"),
        Uk(1007, "Winifred St. Clair-Dunmore", "winifred@example.net", "+44 20 7946 0107"),
        Uk(1008, "George MacAllister", "george.macallister@example.com"),
        Uk(1009, "Zoë van der Meulen", "zoe.vandermeulen@example.org"),
        Uk(1010, "François Lefèvre-Dumont", "francois.lefevre@example.net"),
        Uk(1011, "Søren Østergård", "soren.ostergard@example.com"),
        Uk(1012, "Łucja Wąsowska", "lucja.wasowska@example.org"),
        Uk(1013, "Jiří Dvořáček", "jiri.dvoracek@example.net"),
        Uk(1014, "Ágnes Szűcs-Kővári", "agnes.szucs@example.com"),
        Uk(1015, "Șerban Țurcanu", "serban.turcanu@example.org"),
        Uk(1016, "Þórdís Ásgeirsdóttir", "thordis@example.net"),
        Uk(1017, "İbrahim Işıklar", "ibrahim.isiklar@example.com"),
        Uk(1018, "Íñigo Peñalver Ibáñez", "inigo.penalver@example.org"),
        Uk(1019, "Ģirts Ozoliņš", "girts.ozolins@example.net"),
        Uk(1020, "Ελένη Παπαγεωργίου-Βλάχου", "eleni.p@example.com"),
        Uk(1021, "Νίκος Αλεξάκης", "nikos.alexakis@example.org"),
        Uk(1022, "Оксана Шевчук-Довга", "oksana.sd@example.net"),
        Uk(1023, "Дмитрий Соколовский", "d.sokolovskiy@example.com"),
        Uk(1024, "Милица Ђорђевић", "milica.dj@example.org"),
        Uk(1025, "Արամ Խաչիկյան", "aram.khachikyan@example.net"),
        Uk(1026, "ნინო ბერულავა", "nino.berulava@example.com"),
        Uk(1027, "נועה בן־אריה", "noa.benarie@example.org"),
        Uk(1028, "ليلى حداد", "layla.haddad@example.net"),
        Uk(1029, "عبد الرحمن الخطيب", "abdulrahman.k@example.com"),
        Uk(1030, "شیرین موسوی‌زاده", "shirin.m@example.org"),
        Uk(1031, "प्रिया देशपांडे", "priya.deshpande@example.net"),
        Uk(1032, "অনন্যা মুখোপাধ্যায়", "ananya.m@example.com"),
        Uk(1033, "கவிதா சுந்தரம்", "kavitha.s@example.org"),
        Uk(1034, "ሰላም ተስፋዬ", "selam.tesfaye@example.net"),
        Uk(1035, "Maximiliana Alexandrina Wilhelmina von Hohenfels-Rabenstein und zu Waldburg-Trauchstein", "m.hohenfels@example.com"),
        Uk(1036, "Chidinma Okonkwo-Bright", "chidinma@example.org"),
        Us(2001, "Maria Gonzalez-Reyes", "maria.gonzalezreyes@example.com", "+1 212 555 0101"),
        Us(2002, "Tyrone Caldwell, Jr.", "tyrone.caldwell@example.org", "+1 212 555 0102"),
        Us(2003, "Dwayne \"Skip\" Harlan III", "skip.harlan@example.net"),
        Us(2004, "Finn O’Malley", "finn.omalley@example.com"),
        Us(2005, "Mary-Kate Sundquist", "mk.sundquist@example.org", "+1 212 555 0105"),
        Us(2006, "Keoni Kaʻaihue", "keoni@example.net"),
        Us(2007, "Nguyễn Thị Thanh Hương", "huong.nguyen@example.com"),
        Us(2008, "Suharyati", "suharyati@example.org"),
        Us(2009, "Kwabena Osei-Nkansah", "kwabena.on@example.net"),
        Us(2010, "王小明", "xiaoming.wang@example.com"),
        Us(2011, "欧阳 雪梅", "xuemei.ouyang@example.org"),
        Us(2012, "김하늘", "haneul.kim@example.net"),
        Us(2013, "박도윤", "doyun.park@example.com"),
        Us(2014, "สมหญิง แก้วมณี", "somying.k@example.org"),
        Us(2015, "Ana Paula Guimarães Conceição", "anapaula.gc@example.net"),
        Us(2016, "Siobhán Ní Bhriain", "siobhan.nb@example.com"),
        Us(2017, "Xóchitl Ramírez", "xochitl.ramirez@example.org"),
        Japan(3001, "山田 花江", "hanae.yamada@example.com", "+81 3 5550 0101"),
        Japan(3002, "佐々木 健太郎", "kentaro.sasaki@example.org"),
        Japan(3003, "𠮷田 美咲", "misaki.yoshida@example.net"),
        Japan(3004, "髙橋 翔平太", "shoheita.takahashi@example.com"),
        Japan(3005, "小林 さくら", "sakura.kobayashi@example.org"),
        Japan(3006, "アンダーソン 恵美", "emi.anderson@example.net"),
        Japan(3007, "渡邉 大輔", "daisuke.watanabe@example.com"),
    ];

    public static readonly IReadOnlyList<SampleCompany> Companies =
    [
        new("B-101", "Harbour & Finch Ltd", "accounts@harbourfinch.example.com", SampleStore.Uk,
            [("Judith Marlowe", "judith@harbourfinch.example.com", true), ("Sanjay Mehrotra-Lal", "sanjay@harbourfinch.example.com", false)]),
        new("B-102", "Copper Kettle Catering", "orders@copperkettle.example.org", SampleStore.Uk,
            [("Bettina Großkopf", "bettina@copperkettle.example.org", true), ("Owain Llewelyn-Rees", "owain@copperkettle.example.org", true), ("Tess Aldridge", "tess@copperkettle.example.org", false)]),
        new("B-103", "Øresund Cykler ApS", "kontakt@oresundcykler.example.net", SampleStore.Uk,
            [("Mikkel Hjørring", "mikkel@oresundcykler.example.net", true), ("Åse Lindgaard", "ase@oresundcykler.example.net", false)]),
        new("B-201", "Blue Heron Books LLC", "hello@blueheronbooks.example.com", SampleStore.Us,
            [("Rosalind Pruitt", "rosalind@blueheronbooks.example.com", true), ("Marcus Delacroix", "marcus@blueheronbooks.example.com", true)]),
        new("B-202", "Meridian Office Supply Inc.", "ap@meridianoffice.example.org", SampleStore.Us,
            [("Gloria Steinbach", "gloria@meridianoffice.example.org", false), ("Theo Papadakis", "theo@meridianoffice.example.org", true), ("Lin Qiaozhen", "lin@meridianoffice.example.org", false)]),
        new("B-301", "株式会社さくら文具", "info@sakurabungu.example.net", SampleStore.Japan,
            [("中村 雅子", "nakamura@sakurabungu.example.net", true), ("伊藤 誠司", "ito@sakurabungu.example.net", false)]),
    ];

    private static SampleCustomer Uk(int number, string name, string email, string? phone = null) => new($"C-{number}", name, email, SampleStore.Uk, phone);

    private static SampleCustomer Us(int number, string name, string email, string? phone = null) => new($"C-{number}", name, email, SampleStore.Us, phone);

    private static SampleCustomer Japan(int number, string name, string email, string? phone = null) => new($"C-{number}", name, email, SampleStore.Japan, phone);
}
