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
            migrationBuilder.CreateIndex(name: "IX_WhatsAppPhoneNumbers_UnprovedSince", table: "WhatsAppPhoneNumbers", column: "UnprovedSince");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "IX_WhatsAppPhoneNumbers_UnprovedSince", table: "WhatsAppPhoneNumbers");
            migrationBuilder.DropColumn(name: "UnprovedSince", table: "WhatsAppPhoneNumbers");
        }
    }
}
