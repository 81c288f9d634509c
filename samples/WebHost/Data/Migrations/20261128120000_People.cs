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
            migrationBuilder.AddColumn<DateTime>(name: "UnprovedSince", table: "WhatsAppPhoneNumbers", nullable: true);
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

            migrationBuilder.CreateTable(
                name: "WhatsAppSetupLinks",
                columns: table => new
                {
                    Id = table.Column<Guid>(nullable: false),
                    UrlHash = table.Column<string>(maxLength: 64, nullable: false),
                    AccountId = table.Column<string>(maxLength: 200, nullable: false),
                    Kind = table.Column<string>(maxLength: 64, nullable: false),
                    CreatedAt = table.Column<DateTime>(nullable: false),
                    ExpiresAt = table.Column<DateTime>(nullable: false),
                    Language = table.Column<string>(maxLength: 64, nullable: true),
                    ExpectedNumber = table.Column<string>(maxLength: 200, nullable: true),
                    Expect = table.Column<string>(maxLength: 64, nullable: true),
                    ReturnUrl = table.Column<string>(maxLength: -1, nullable: true),
                    Label = table.Column<string>(maxLength: 200, nullable: true),
                    Creator = table.Column<string>(maxLength: 200, nullable: true),
                    BrowserHash = table.Column<string>(maxLength: 64, nullable: true),
                    PressedAt = table.Column<DateTime>(nullable: true),
                    AttemptId = table.Column<Guid>(nullable: true),
                    UsedAt = table.Column<DateTime>(nullable: true),
                    RevokedAt = table.Column<DateTime>(nullable: true),
                    RevokedBy = table.Column<string>(maxLength: 200, nullable: true),
                    Version = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WhatsAppSetupLinks", x => x.Id);
                });

            migrationBuilder.CreateIndex(name: "IX_WhatsAppSetupLinks_AccountId", table: "WhatsAppSetupLinks", column: "AccountId");
            migrationBuilder.CreateIndex(name: "IX_WhatsAppSetupLinks_ExpiresAt", table: "WhatsAppSetupLinks", column: "ExpiresAt");
            migrationBuilder.CreateIndex(name: "IX_WhatsAppSetupLinks_UrlHash", table: "WhatsAppSetupLinks", column: "UrlHash", unique: true);

            migrationBuilder.CreateIndex(name: "IX_WhatsAppPhoneNumbers_UnprovedSince", table: "WhatsAppPhoneNumbers", column: "UnprovedSince");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "WhatsAppSetupLinks");
            migrationBuilder.DropTable(name: "WhatsAppStartedAttempts");
            migrationBuilder.DropColumn(name: "NewDisplayName", table: "WhatsAppPhoneNumbers");
            migrationBuilder.DropColumn(name: "NewNameStatus", table: "WhatsAppPhoneNumbers");
            migrationBuilder.DropIndex(name: "IX_WhatsAppPhoneNumbers_UnprovedSince", table: "WhatsAppPhoneNumbers");
            migrationBuilder.DropColumn(name: "UnprovedSince", table: "WhatsAppPhoneNumbers");
        }
    }
}
