using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WebHost.Data.Migrations
{
    /// <inheritdoc />
    public partial class Webhooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "DisconnectInitiator",
                table: "WhatsAppPhoneNumbers",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "GrantedBy",
                table: "WhatsAppPhoneNumbers",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Notices",
                table: "WhatsAppPhoneNumbers",
                maxLength: -1,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "RefusedAt",
                table: "WhatsAppPhoneNumbers",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "WhatsAppWebhookItems",
                columns: table => new
                {
                    AccountId = table.Column<string>(maxLength: 200, nullable: false),
                    Item = table.Column<string>(maxLength: 200, nullable: false),
                    Finished = table.Column<string>(maxLength: -1, nullable: false),
                    Failures = table.Column<int>(nullable: false),
                    FirstFailedAt = table.Column<DateTime>(nullable: true),
                    FailedHandler = table.Column<string>(maxLength: -1, nullable: true),
                    Reason = table.Column<string>(maxLength: -1, nullable: true),
                    ParkedAt = table.Column<DateTime>(nullable: true),
                    Payload = table.Column<string>(maxLength: -1, nullable: true),
                    TouchedAt = table.Column<DateTime>(nullable: false),
                    Version = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WhatsAppWebhookItems", x => new { x.AccountId, x.Item });
                });

            migrationBuilder.CreateIndex(
                name: "IX_WhatsAppPhoneNumbers_GrantedBy",
                table: "WhatsAppPhoneNumbers",
                column: "GrantedBy");

            migrationBuilder.CreateIndex(
                name: "IX_WhatsAppPhoneNumbers_State",
                table: "WhatsAppPhoneNumbers",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_WhatsAppWebhookItems_Item",
                table: "WhatsAppWebhookItems",
                column: "Item");

            migrationBuilder.CreateIndex(
                name: "IX_WhatsAppWebhookItems_ParkedAt_TouchedAt",
                table: "WhatsAppWebhookItems",
                columns: new[] { "ParkedAt", "TouchedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "WhatsAppWebhookItems");

            migrationBuilder.DropIndex(
                name: "IX_WhatsAppPhoneNumbers_GrantedBy",
                table: "WhatsAppPhoneNumbers");

            migrationBuilder.DropIndex(
                name: "IX_WhatsAppPhoneNumbers_State",
                table: "WhatsAppPhoneNumbers");

            migrationBuilder.DropColumn(
                name: "DisconnectInitiator",
                table: "WhatsAppPhoneNumbers");

            migrationBuilder.DropColumn(
                name: "GrantedBy",
                table: "WhatsAppPhoneNumbers");

            migrationBuilder.DropColumn(
                name: "Notices",
                table: "WhatsAppPhoneNumbers");

            migrationBuilder.DropColumn(
                name: "RefusedAt",
                table: "WhatsAppPhoneNumbers");
        }
    }
}
