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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "WhatsAppSetupLinks");
        }
    }
}
