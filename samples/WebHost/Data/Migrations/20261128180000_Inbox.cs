using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WebHost.Data.Migrations
{
    /// <inheritdoc />
    public partial class Inbox : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(name: "Place", table: "ChatMessages", nullable: false, defaultValue: 0L);
            migrationBuilder.AddColumn<int>(name: "Kind", table: "ChatMessages", nullable: false, defaultValue: 0);
            migrationBuilder.AddColumn<string>(name: "MediaId", table: "ChatMessages", maxLength: 200, nullable: true);
            migrationBuilder.AddColumn<string>(name: "FileName", table: "ChatMessages", maxLength: 240, nullable: true);
            migrationBuilder.AddColumn<string>(name: "Details", table: "ChatMessages", nullable: true);
            migrationBuilder.AddColumn<string>(name: "ReplyTo", table: "ChatMessages", maxLength: 300, nullable: true);

            migrationBuilder.AddColumn<long>(name: "LastPlace", table: "ChatContacts", nullable: false, defaultValue: 0L);
            migrationBuilder.AddColumn<long>(name: "HeardPlace", table: "ChatContacts", nullable: false, defaultValue: 0L);
            migrationBuilder.AddColumn<long>(name: "ReadPlace", table: "ChatContacts", nullable: false, defaultValue: 0L);
            migrationBuilder.AddColumn<DateTimeOffset>(name: "HeardAt", table: "ChatContacts", nullable: true);

            // What is there keeps its order, before all that comes; it was seen, and when a customer wrote last is known.
            const string Own = """FROM "ChatMessages" AS m WHERE m."AccountId" = "ChatContacts"."AccountId" AND m."PhoneNumberId" = "ChatContacts"."PhoneNumberId" AND m."Contact" = "ChatContacts"."Key" """;
            migrationBuilder.Sql("""UPDATE "ChatMessages" SET "Place" = "Id" """);
            migrationBuilder.Sql($"""UPDATE "ChatContacts" SET "LastPlace" = COALESCE((SELECT MAX(m."Place") {Own}), 0), "ReadPlace" = COALESCE((SELECT MAX(m."Place") {Own}), 0)""");
            migrationBuilder.Sql($"""UPDATE "ChatContacts" SET "HeardPlace" = COALESCE((SELECT MAX(m."Place") {Own} AND m."Incoming" AND NOT m."IsLine"), 0), "HeardAt" = (SELECT MAX(m."At") {Own} AND m."Incoming" AND NOT m."IsLine")""");

            migrationBuilder.DropIndex(name: "IX_ChatMessages_AccountId_PhoneNumberId_Contact_Id", table: "ChatMessages");
            migrationBuilder.CreateIndex(name: "IX_ChatMessages_AccountId_PhoneNumberId_Contact_Place_Id", table: "ChatMessages", columns: new[] { "AccountId", "PhoneNumberId", "Contact", "Place", "Id" });
            migrationBuilder.CreateIndex(name: "IX_ChatContacts_AccountId_LastPlace", table: "ChatContacts", columns: new[] { "AccountId", "LastPlace" });

            migrationBuilder.CreateTable(
                name: "ChatReactions",
                columns: table => new
                {
                    AccountId = table.Column<string>(maxLength: 200, nullable: false),
                    PhoneNumberId = table.Column<string>(maxLength: 32, nullable: false),
                    WamId = table.Column<string>(maxLength: 300, nullable: false),
                    Who = table.Column<string>(maxLength: 200, nullable: false),
                    Emoji = table.Column<string>(maxLength: 64, nullable: true),
                    At = table.Column<DateTimeOffset>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChatReactions", x => new { x.AccountId, x.PhoneNumberId, x.WamId, x.Who });
                    table.ForeignKey(
                        name: "FK_ChatReactions_AspNetUsers_AccountId",
                        column: x => x.AccountId,
                        principalTable: "AspNetUsers",
                        principalColumn: "AccountId",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "ChatReactions");
            migrationBuilder.DropIndex(name: "IX_ChatContacts_AccountId_LastPlace", table: "ChatContacts");
            migrationBuilder.DropIndex(name: "IX_ChatMessages_AccountId_PhoneNumberId_Contact_Place_Id", table: "ChatMessages");
            foreach (var column in new[] { "HeardAt", "ReadPlace", "HeardPlace", "LastPlace" })
                migrationBuilder.DropColumn(name: column, table: "ChatContacts");
            foreach (var column in new[] { "ReplyTo", "Details", "FileName", "MediaId", "Kind", "Place" })
                migrationBuilder.DropColumn(name: column, table: "ChatMessages");
            migrationBuilder.CreateIndex(name: "IX_ChatMessages_AccountId_PhoneNumberId_Contact_Id", table: "ChatMessages", columns: new[] { "AccountId", "PhoneNumberId", "Contact", "Id" });
        }
    }
}
