using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WebHost.Data.Migrations
{
    /// <inheritdoc />
    public partial class Upkeep : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(name: "IsShared", table: "WhatsAppPhoneNumbers", nullable: false, defaultValue: false);
            migrationBuilder.AddColumn<string>(name: "Signals", table: "WhatsAppPhoneNumbers", maxLength: -1, nullable: true);
            migrationBuilder.AddColumn<string>(name: "Told", table: "WhatsAppPhoneNumbers", maxLength: -1, nullable: true);
            migrationBuilder.AddColumn<DateTime>(name: "UndoAt", table: "WhatsAppConnectAttempts", nullable: true);
            migrationBuilder.AddColumn<string>(name: "UndoToken", table: "WhatsAppConnectAttempts", maxLength: -1, nullable: true);
            migrationBuilder.AddColumn<DateTime>(name: "DueAt", table: "WhatsAppAccounts", nullable: true);

            migrationBuilder.CreateTable(
                name: "WhatsAppAccountEvents",
                columns: table => new
                {
                    AccountId = table.Column<string>(maxLength: 200, nullable: false),
                    Place = table.Column<long>(nullable: false),
                    EventId = table.Column<Guid>(nullable: false),
                    At = table.Column<DateTime>(nullable: false),
                    Event = table.Column<string>(maxLength: -1, nullable: false),
                    NextAt = table.Column<DateTime>(nullable: true),
                    Finished = table.Column<string>(maxLength: -1, nullable: true),
                    Failures = table.Column<int>(nullable: false),
                    Reason = table.Column<string>(maxLength: -1, nullable: true),
                    ParkedAt = table.Column<DateTime>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WhatsAppAccountEvents", x => new { x.AccountId, x.Place, x.EventId });
                });

            migrationBuilder.CreateIndex(name: "IX_WhatsAppConnectAttempts_UndoAt", table: "WhatsAppConnectAttempts", column: "UndoAt");
            migrationBuilder.CreateIndex(name: "IX_WhatsAppAccounts_DueAt", table: "WhatsAppAccounts", column: "DueAt");
            migrationBuilder.CreateIndex(name: "IX_WhatsAppAccountEvents_At", table: "WhatsAppAccountEvents", column: "At");
            migrationBuilder.CreateIndex(name: "IX_WhatsAppAccountEvents_NextAt", table: "WhatsAppAccountEvents", column: "NextAt");

            // Accounts that were connected before are looked after from now on.
            migrationBuilder.Sql("UPDATE \"WhatsAppAccounts\" SET \"DueAt\" = CURRENT_TIMESTAMP");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "WhatsAppAccountEvents");
            migrationBuilder.DropIndex(name: "IX_WhatsAppConnectAttempts_UndoAt", table: "WhatsAppConnectAttempts");
            migrationBuilder.DropIndex(name: "IX_WhatsAppAccounts_DueAt", table: "WhatsAppAccounts");
            migrationBuilder.DropColumn(name: "IsShared", table: "WhatsAppPhoneNumbers");
            migrationBuilder.DropColumn(name: "Signals", table: "WhatsAppPhoneNumbers");
            migrationBuilder.DropColumn(name: "Told", table: "WhatsAppPhoneNumbers");
            migrationBuilder.DropColumn(name: "UndoAt", table: "WhatsAppConnectAttempts");
            migrationBuilder.DropColumn(name: "UndoToken", table: "WhatsAppConnectAttempts");
            migrationBuilder.DropColumn(name: "DueAt", table: "WhatsAppAccounts");
        }
    }
}
