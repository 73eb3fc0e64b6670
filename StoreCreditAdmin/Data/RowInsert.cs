using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace StoreCreditAdmin.Data;

/// <summary>
/// One prepared INSERT for the rows of a table. Its columns, their conversions and what references what are the model's, so it writes what EF Core would write,
/// and what it cannot write it refuses when it is made. An object gets its new id and the ids of what it refers to, as EF Core gives them.
/// </summary>
internal sealed class RowInsert : IDisposable
{
    private readonly DbCommand command;
    private readonly Column[] columns;
    private readonly PropertyInfo? generatedId;

    public RowInsert(DbConnection connection, IEntityType type, ISqlGenerationHelper sql)
    {
        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        var properties = type.GetProperties().ToList();
        if (type.GetComplexProperties().Any() || properties.Exists(property => property.PropertyInfo is null))
        {
            throw new NotSupportedException($"{type.DisplayName()} has columns that are no plain properties; save it through the change tracker.");
        }

        var id = properties.SingleOrDefault(property => property.IsPrimaryKey() && property.ValueGenerated == ValueGenerated.OnAdd);
        generatedId = id?.PropertyInfo;
        command = connection.CreateCommand();
        columns = [.. properties.Where(property => property != id).Select((property, position) => new Column(property, command, sql.GenerateParameterName($"p{position}")))];
        string Name(IProperty property) => sql.DelimitIdentifier(property.GetColumnName(table)!);
        command.CommandText =
            $"INSERT INTO {sql.DelimitIdentifier(table.Name, table.Schema)} ({string.Join(", ", columns.Select(column => Name(column.Property)))}) " +
            $"VALUES ({string.Join(", ", columns.Select(column => column.Parameter.ParameterName))})" +
            (id is null ? "" : $" RETURNING {Name(id)}");
    }

    public async Task ExecuteAsync(object row, DbTransaction transaction, CancellationToken cancellationToken)
    {
        foreach (var column in columns)
        {
            column.Take(row);
        }

        command.Transaction = transaction;
        var id = await command.ExecuteScalarAsync(cancellationToken);
        generatedId?.SetValue(row, id);
    }

    public void Dispose() => command.Dispose();

    private sealed class Column
    {
        private readonly PropertyInfo property;
        private readonly IClrPropertyGetter getter;
        private readonly Func<object?, object?>? convert;
        private readonly IClrPropertyGetter? reference;
        private readonly IClrPropertyGetter? referencedId;

        public Column(IProperty property, DbCommand command, string parameterName)
        {
            Property = property;
            this.property = property.PropertyInfo!;
            getter = property.GetGetter();
            var mapping = property.GetRelationalTypeMapping();
            convert = mapping.Converter?.ConvertToProvider;
            Parameter = mapping.CreateParameter(command, parameterName, null, nullable: true);
            command.Parameters.Add(Parameter);
            if (property.GetContainingForeignKeys().SingleOrDefault(key => key.DependentToPrincipal is not null) is { } key)
            {
                reference = key.DependentToPrincipal!.GetGetter();
                referencedId = key.PrincipalKey.Properties.Single().GetGetter();
            }
        }

        public IProperty Property { get; }

        public DbParameter Parameter { get; }

        public void Take(object row)
        {
            var value = getter.GetClrValue(row);
            if (reference?.GetClrValue(row) is { } referenced)
            {
                var id = referencedId!.GetClrValue(referenced);
                if (!Equals(id, value))
                {
                    property.SetValue(row, id);
                    value = id;
                }
            }

            Parameter.Value = (convert is null || value is null ? value : convert(value)) ?? DBNull.Value;
        }
    }
}
