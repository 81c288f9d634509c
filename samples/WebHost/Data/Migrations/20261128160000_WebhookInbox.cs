using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace WebHost.Data.Migrations
{
    /// <inheritdoc />
    public partial class WebhookInbox : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "WhatsAppInbox",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false)
                        .Annotation("Sqlite:Autoincrement", true)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Shard = table.Column<int>(nullable: false),
                    Lane = table.Column<string>(maxLength: 64, nullable: false),
                    Number = table.Column<string>(maxLength: 64, nullable: false),
                    IsNotice = table.Column<bool>(nullable: false),
                    Body = table.Column<byte[]>(maxLength: -1, nullable: false),
                    Size = table.Column<int>(nullable: false),
                    ReceivedAt = table.Column<DateTime>(nullable: false),
                    TraceParent = table.Column<string>(maxLength: 64, nullable: true),
                    DueAt = table.Column<DateTime>(nullable: false),
                    TakenBy = table.Column<string>(maxLength: 32, nullable: true),
                    Tries = table.Column<int>(nullable: false),
                    Failures = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WhatsAppInbox", x => x.Id);
                });

            migrationBuilder.CreateIndex(name: "IX_WhatsAppInbox_IsNotice_DueAt", table: "WhatsAppInbox", columns: ["IsNotice", "DueAt"]);

            migrationBuilder.CreateTable(
                name: "WhatsAppInboxNodes",
                columns: table => new
                {
                    Node = table.Column<string>(maxLength: 32, nullable: false),
                    Beat = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WhatsAppInboxNodes", x => x.Node);
                });

            migrationBuilder.CreateTable(
                name: "WhatsAppInboxShards",
                columns: table => new
                {
                    Shard = table.Column<int>(nullable: false),
                    Node = table.Column<string>(maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WhatsAppInboxShards", x => x.Shard);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "WhatsAppInbox");
            migrationBuilder.DropTable(name: "WhatsAppInboxNodes");
            migrationBuilder.DropTable(name: "WhatsAppInboxShards");
        }
    }
}
