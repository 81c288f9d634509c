using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WebHost.Data.Migrations
{
    /// <inheritdoc />
    public partial class NumberSetup : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Pins",
                table: "WhatsAppPhoneNumbers",
                maxLength: -1,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "RegisteredAt",
                table: "WhatsAppPhoneNumbers",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "RunningId",
                table: "WhatsAppPhoneNumbers",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "RunningSince",
                table: "WhatsAppPhoneNumbers",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RunningStep",
                table: "WhatsAppPhoneNumbers",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Syncs",
                table: "WhatsAppPhoneNumbers",
                maxLength: -1,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "WaitingGrant",
                table: "WhatsAppConnectAttempts",
                maxLength: -1,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "WaitsUntil",
                table: "WhatsAppConnectAttempts",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "WhatsAppNumberCalls",
                columns: table => new
                {
                    Id = table.Column<Guid>(nullable: false),
                    PhoneNumberId = table.Column<string>(maxLength: 32, nullable: false),
                    Kind = table.Column<string>(maxLength: 64, nullable: false),
                    At = table.Column<DateTime>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WhatsAppNumberCalls", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_WhatsAppConnectAttempts_WaitsUntil",
                table: "WhatsAppConnectAttempts",
                column: "WaitsUntil");

            migrationBuilder.CreateIndex(
                name: "IX_WhatsAppNumberCalls_At",
                table: "WhatsAppNumberCalls",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_WhatsAppNumberCalls_PhoneNumberId_Kind",
                table: "WhatsAppNumberCalls",
                columns: new[] { "PhoneNumberId", "Kind" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "WhatsAppNumberCalls");

            migrationBuilder.DropIndex(
                name: "IX_WhatsAppConnectAttempts_WaitsUntil",
                table: "WhatsAppConnectAttempts");

            migrationBuilder.DropColumn(
                name: "Pins",
                table: "WhatsAppPhoneNumbers");

            migrationBuilder.DropColumn(
                name: "RegisteredAt",
                table: "WhatsAppPhoneNumbers");

            migrationBuilder.DropColumn(
                name: "RunningId",
                table: "WhatsAppPhoneNumbers");

            migrationBuilder.DropColumn(
                name: "RunningSince",
                table: "WhatsAppPhoneNumbers");

            migrationBuilder.DropColumn(
                name: "RunningStep",
                table: "WhatsAppPhoneNumbers");

            migrationBuilder.DropColumn(
                name: "Syncs",
                table: "WhatsAppPhoneNumbers");

            migrationBuilder.DropColumn(
                name: "WaitingGrant",
                table: "WhatsAppConnectAttempts");

            migrationBuilder.DropColumn(
                name: "WaitsUntil",
                table: "WhatsAppConnectAttempts");
        }
    }
}
