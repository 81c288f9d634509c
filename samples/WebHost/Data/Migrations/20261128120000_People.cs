using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WebHost.Data.Migrations
{
    /// <inheritdoc />
    public partial class People : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(name: "NewDisplayName", table: "WhatsAppPhoneNumbers", maxLength: -1, nullable: true);
            migrationBuilder.AddColumn<string>(name: "NewNameStatus", table: "WhatsAppPhoneNumbers", maxLength: 64, nullable: true);

            migrationBuilder.CreateTable(
                name: "WhatsAppStartedAttempts",
                columns: table => new
                {
                    Id = table.Column<Guid>(nullable: false),
                    AccountId = table.Column<string>(maxLength: 200, nullable: false),
                    Way = table.Column<string>(maxLength: 64, nullable: false),
                    Language = table.Column<string>(maxLength: 64, nullable: false),
                    StartedAt = table.Column<DateTime>(nullable: false),
                    OpenedAt = table.Column<DateTime>(nullable: true),
                    LastSignAt = table.Column<DateTime>(nullable: true),
                    SilentAt = table.Column<DateTime>(nullable: true),
                    Outcome = table.Column<string>(maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WhatsAppStartedAttempts", x => x.Id);
                });

            migrationBuilder.CreateIndex(name: "IX_WhatsAppStartedAttempts_AccountId", table: "WhatsAppStartedAttempts", column: "AccountId");
            migrationBuilder.CreateIndex(name: "IX_WhatsAppStartedAttempts_SilentAt", table: "WhatsAppStartedAttempts", column: "SilentAt");
            migrationBuilder.CreateIndex(name: "IX_WhatsAppStartedAttempts_StartedAt", table: "WhatsAppStartedAttempts", column: "StartedAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "WhatsAppStartedAttempts");
            migrationBuilder.DropColumn(name: "NewDisplayName", table: "WhatsAppPhoneNumbers");
            migrationBuilder.DropColumn(name: "NewNameStatus", table: "WhatsAppPhoneNumbers");
        }
    }
}
