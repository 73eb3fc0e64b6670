using System.Collections;
using MiniExcelLibs;
using MiniExcelLibs.Attributes;
using MiniExcelLibs.OpenXml;

namespace StoreCreditAdmin.Features.Exports;

/// <summary>
/// Writes a workbook (XLSX) with real numbers, dates and text. Rows are written as they are read, so any number of rows takes the same memory; what does not fit
/// on one sheet goes on on the next.
/// </summary>
/// <remarks>
/// The library is used the synchronous way: the asynchronous one of this version ends a sheet with an element in the wrong place, which spreadsheets repair with a warning.
/// So the rows are waited for on a thread of their own, and the stream must take synchronous writes.
/// </remarks>
public static class SheetFile
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>As many as a sheet holds below its headings.</summary>
    public const int RowsPerSheet = 1_048_575;

    private const int MaxNameLength = 25;

    /// <param name="name">What the sheets are called; the second has a 2 after it, and so on.</param>
    public static Task WriteAsync<T>(
        Stream output, string name, IReadOnlyList<ExportColumn<T>> columns, IAsyncEnumerable<T> rows, int rowsPerSheet = RowsPerSheet, CancellationToken cancellationToken = default) =>
        Task.Factory.StartNew(() => Write(output, name, columns, rows, rowsPerSheet, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Write<T>(
        Stream output, string name, IReadOnlyList<ExportColumn<T>> columns, IAsyncEnumerable<T> rows, int rowsPerSheet, CancellationToken cancellationToken)
    {
        using var source = rows.ToBlockingEnumerable(cancellationToken).GetEnumerator();
        var configuration = new OpenXmlConfiguration
        {
            TableStyles = TableStyles.None,
            AutoFilter = false,
            FreezeRowCount = 1,
            EnableWriteNullValueCell = false,
            DynamicColumns = [.. columns.Select((column, index) => Layout(column, index))],
        };
        MiniExcel.SaveAs(output, new Sheets<T>(name[..Math.Min(name.Length, MaxNameLength)], columns, source, rowsPerSheet), configuration: configuration);
    }

    private static DynamicExcelColumn Layout<T>(ExportColumn<T> column, int index) => column.Kind switch
    {
        ExportKind.Date => new DynamicExcelColumn(column.Heading) { Index = index, Format = "yyyy-mm-dd", Width = 12 },
        ExportKind.Instant => new DynamicExcelColumn(column.Heading) { Index = index, Format = "yyyy-mm-dd hh:mm:ss", Width = 20 },
        ExportKind.Number => new DynamicExcelColumn(column.Heading) { Index = index, Width = 14 },
        _ => new DynamicExcelColumn(column.Heading) { Index = index, Width = 24 },
    };

    /// <summary>The sheets by name, one after the other while there are rows: how many there will be is known only at the end. The library asks for nothing but to go through them.</summary>
    private sealed class Sheets<T>(string name, IReadOnlyList<ExportColumn<T>> columns, IEnumerator<T> source, int rowsPerSheet) : IDictionary<string, object>
    {
        public ICollection<string> Keys => throw new NotSupportedException();

        public ICollection<object> Values => throw new NotSupportedException();

        public int Count => throw new NotSupportedException();

        public bool IsReadOnly => true;

        public object this[string key]
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public IEnumerator<KeyValuePair<string, object>> GetEnumerator()
        {
            var more = source.MoveNext();
            for (var number = 1; more || number == 1; number++)
            {
                using var sheet = new Rows<T>(columns, source, more ? rowsPerSheet : 0);
                yield return new KeyValuePair<string, object>(number == 1 ? name : $"{name} {number}", sheet);
                more = more && sheet.HasMore;
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public void Add(string key, object value) => throw new NotSupportedException();

        public void Add(KeyValuePair<string, object> item) => throw new NotSupportedException();

        public void Clear() => throw new NotSupportedException();

        public bool Contains(KeyValuePair<string, object> item) => throw new NotSupportedException();

        public bool ContainsKey(string key) => throw new NotSupportedException();

        public void CopyTo(KeyValuePair<string, object>[] array, int arrayIndex) => throw new NotSupportedException();

        public bool Remove(string key) => throw new NotSupportedException();

        public bool Remove(KeyValuePair<string, object> item) => throw new NotSupportedException();

        public bool TryGetValue(string key, out object value) => throw new NotSupportedException();
    }

    /// <summary>The rows of one sheet. The source stands on the first of them already.</summary>
    private sealed class Rows<T>(IReadOnlyList<ExportColumn<T>> columns, IEnumerator<T> source, int limit) : MiniExcelDataReaderBase
    {
        private int read;

        public bool HasMore { get; private set; } = true;

        public override int FieldCount => columns.Count;

        public override string GetName(int i) => columns[i].Heading;

        public override object GetValue(int i) => columns[i].CellOf(source.Current).Value!;

        public override bool Read()
        {
            if (read > 0 && HasMore)
            {
                HasMore = source.MoveNext();
            }

            return HasMore && read++ < limit;
        }
    }
}
