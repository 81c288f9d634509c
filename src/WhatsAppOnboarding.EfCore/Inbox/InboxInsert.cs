using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using WhatsAppOnboarding.EfCore.Entities;

namespace WhatsAppOnboarding.EfCore.Inbox;

/// <summary>
/// Writes rows with one statement. Entity Framework would send one for each, which costs the database several times as much; its model still says what tables and columns are called and
/// how values are kept.
/// </summary>
internal sealed class InboxInsert
{
    /// <summary>Some databases take about 2,000 parameters in a command.</summary>
    public const int MostRows = 256;

    private const int Parameters = 6;

    private readonly DbContext _context;
    private readonly string _head;
    private readonly ISqlGenerationHelper _sql;
    private readonly RelationalTypeMapping _text, _body, _time, _trace, _flag;

    public InboxInsert(DbContext context)
    {
        _context = context;
        _sql = context.GetService<ISqlGenerationHelper>();
        var row = context.Model.FindEntityType(typeof(InboxRow))!;
        var table = StoreObjectIdentifier.Table(row.GetTableName()!, row.GetSchema());
        string[] columns =
        [
            nameof(InboxRow.Lane), nameof(InboxRow.Number), nameof(InboxRow.Body), nameof(InboxRow.TraceParent), nameof(InboxRow.ReceivedAt), nameof(InboxRow.DueAt),
            nameof(InboxRow.Shard), nameof(InboxRow.Size), nameof(InboxRow.IsNotice), nameof(InboxRow.Tries), nameof(InboxRow.Failures),
        ];
        _head = $"INSERT INTO {_sql.DelimitIdentifier(table.Name, table.Schema)} ({string.Join(", ", columns.Select(column => _sql.DelimitIdentifier(row.FindProperty(column)!.GetColumnName(table)!)))}) VALUES ";
        _text = Mapping(nameof(InboxRow.Lane));
        _body = Mapping(nameof(InboxRow.Body));
        _trace = Mapping(nameof(InboxRow.TraceParent));
        _time = Mapping(nameof(InboxRow.ReceivedAt));
        _flag = Mapping(nameof(InboxRow.IsNotice));

        RelationalTypeMapping Mapping(string property) => row.FindProperty(property)!.GetRelationalTypeMapping();
    }

    /// <summary>All of them, or none.</summary>
    public async Task RunAsync(IReadOnlyList<InboxRow> rows, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        var command = _context.Database.GetDbConnection().CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.Transaction = transaction;
            Write(command, rows);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Write(DbCommand command, IReadOnlyList<InboxRow> rows)
    {
        var text = new StringBuilder(_head, _head.Length + (rows.Count * 100));
        foreach (var (index, row) in rows.Index())
        {
            text.Append(index == 0 ? "(" : ", (");
            text.Append(CultureInfo.InvariantCulture, $"{Add(0, _text, row.Lane)}, {Add(1, _text, row.Number)}, {Add(2, _body, row.Body)}, {Add(3, _trace, row.TraceParent)}, {Add(4, _time, row.ReceivedAt)}, {Add(5, _time, row.DueAt)}, {row.Shard}, {row.Size}, {_flag.GenerateSqlLiteral(row.IsNotice)}, 0, 0)");

            string Add(int column, RelationalTypeMapping mapping, object? value)
            {
                var name = _sql.GenerateParameterName($"p{(index * Parameters) + column}");
                command.Parameters.Add(mapping.CreateParameter(command, name, value, nullable: true));
                return name;
            }
        }

        command.CommandText = text.ToString();
    }
}
