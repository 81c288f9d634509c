using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace WebHost.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AspNetUsers",
                columns: table => new
                {
                    Id = table.Column<string>(nullable: false),
                    AccountId = table.Column<string>(maxLength: 200, nullable: false),
                    WabaId = table.Column<string>(maxLength: 32, nullable: true),
                    UserName = table.Column<string>(maxLength: 256, nullable: true),
                    NormalizedUserName = table.Column<string>(maxLength: 256, nullable: true),
                    Email = table.Column<string>(maxLength: 256, nullable: true),
                    NormalizedEmail = table.Column<string>(maxLength: 256, nullable: true),
                    EmailConfirmed = table.Column<bool>(nullable: false),
                    PasswordHash = table.Column<string>(nullable: true),
                    SecurityStamp = table.Column<string>(nullable: true),
                    ConcurrencyStamp = table.Column<string>(nullable: true),
                    PhoneNumber = table.Column<string>(nullable: true),
                    PhoneNumberConfirmed = table.Column<bool>(nullable: false),
                    TwoFactorEnabled = table.Column<bool>(nullable: false),
                    LockoutEnd = table.Column<DateTimeOffset>(nullable: true),
                    LockoutEnabled = table.Column<bool>(nullable: false),
                    AccessFailedCount = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUsers", x => x.Id);
                    table.UniqueConstraint("AK_AspNetUsers_AccountId", x => x.AccountId);
                });

            migrationBuilder.CreateTable(
                name: "WhatsAppAccounts",
                columns: table => new
                {
                    AccountId = table.Column<string>(maxLength: 200, nullable: false),
                    WabaId = table.Column<string>(maxLength: 32, nullable: true),
                    Version = table.Column<long>(nullable: false),
                    ConnectSequence = table.Column<long>(nullable: false),
                    Incarnation = table.Column<Guid>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WhatsAppAccounts", x => x.AccountId);
                });

            migrationBuilder.CreateTable(
                name: "WhatsAppConnectAttempts",
                columns: table => new
                {
                    Id = table.Column<Guid>(nullable: false),
                    StateHash = table.Column<string>(maxLength: 64, nullable: false),
                    CodeHash = table.Column<string>(maxLength: 64, nullable: false),
                    AccountId = table.Column<string>(maxLength: 200, nullable: false),
                    Way = table.Column<string>(maxLength: 64, nullable: false),
                    Generation = table.Column<Guid>(nullable: false),
                    ClaimedAt = table.Column<DateTime>(nullable: false),
                    EndedAt = table.Column<DateTime>(nullable: true),
                    Outcome = table.Column<string>(maxLength: 64, nullable: true),
                    PhoneCount = table.Column<int>(nullable: false),
                    Steps = table.Column<string>(maxLength: -1, nullable: false),
                    WaitingGrant = table.Column<string>(maxLength: -1, nullable: true),
                    WaitsUntil = table.Column<DateTime>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WhatsAppConnectAttempts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WhatsAppMetaCalls",
                columns: table => new
                {
                    Id = table.Column<Guid>(nullable: false),
                    Kind = table.Column<string>(maxLength: 64, nullable: false),
                    GraphId = table.Column<string>(maxLength: 32, nullable: false),
                    At = table.Column<DateTime>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WhatsAppMetaCalls", x => x.Id);
                });

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

            migrationBuilder.CreateTable(
                name: "AspNetUserClaims",
                columns: table => new
                {
                    Id = table.Column<int>(nullable: false)
                        .Annotation("Sqlite:Autoincrement", true)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    UserId = table.Column<string>(nullable: false),
                    ClaimType = table.Column<string>(nullable: true),
                    ClaimValue = table.Column<string>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUserClaims", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AspNetUserClaims_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserLogins",
                columns: table => new
                {
                    LoginProvider = table.Column<string>(nullable: false),
                    ProviderKey = table.Column<string>(nullable: false),
                    ProviderDisplayName = table.Column<string>(nullable: true),
                    UserId = table.Column<string>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUserLogins", x => new { x.LoginProvider, x.ProviderKey });
                    table.ForeignKey(
                        name: "FK_AspNetUserLogins_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserTokens",
                columns: table => new
                {
                    UserId = table.Column<string>(nullable: false),
                    LoginProvider = table.Column<string>(nullable: false),
                    Name = table.Column<string>(nullable: false),
                    Value = table.Column<string>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AspNetUserTokens", x => new { x.UserId, x.LoginProvider, x.Name });
                    table.ForeignKey(
                        name: "FK_AspNetUserTokens_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ChatContacts",
                columns: table => new
                {
                    AccountId = table.Column<string>(maxLength: 200, nullable: false),
                    PhoneNumberId = table.Column<string>(maxLength: 32, nullable: false),
                    Key = table.Column<string>(maxLength: 32, nullable: false),
                    Phone = table.Column<string>(maxLength: 200, nullable: true),
                    UserId = table.Column<string>(maxLength: 200, nullable: true),
                    FormerPhone = table.Column<string>(maxLength: 200, nullable: true),
                    MovedAt = table.Column<DateTimeOffset>(nullable: true),
                    HasMoved = table.Column<bool>(nullable: false),
                    GroupId = table.Column<string>(maxLength: 200, nullable: true),
                    Name = table.Column<string>(maxLength: 200, nullable: true),
                    Username = table.Column<string>(maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChatContacts", x => new { x.AccountId, x.PhoneNumberId, x.Key });
                    table.ForeignKey(
                        name: "FK_ChatContacts_AspNetUsers_AccountId",
                        column: x => x.AccountId,
                        principalTable: "AspNetUsers",
                        principalColumn: "AccountId",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ChatDeliveries",
                columns: table => new
                {
                    AccountId = table.Column<string>(maxLength: 200, nullable: false),
                    PhoneNumberId = table.Column<string>(maxLength: 32, nullable: false),
                    WamId = table.Column<string>(maxLength: 300, nullable: false),
                    State = table.Column<int>(nullable: false),
                    Problem = table.Column<string>(maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChatDeliveries", x => new { x.AccountId, x.PhoneNumberId, x.WamId });
                    table.ForeignKey(
                        name: "FK_ChatDeliveries_AspNetUsers_AccountId",
                        column: x => x.AccountId,
                        principalTable: "AspNetUsers",
                        principalColumn: "AccountId",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ChatMessages",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false)
                        .Annotation("Sqlite:Autoincrement", true)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    AccountId = table.Column<string>(maxLength: 200, nullable: false),
                    PhoneNumberId = table.Column<string>(maxLength: 32, nullable: false),
                    Contact = table.Column<string>(maxLength: 32, nullable: false),
                    Author = table.Column<string>(maxLength: 200, nullable: true),
                    Incoming = table.Column<bool>(nullable: false),
                    IsLine = table.Column<bool>(nullable: false),
                    Text = table.Column<string>(nullable: false),
                    EditedAt = table.Column<DateTimeOffset>(nullable: true),
                    IsDeleted = table.Column<bool>(nullable: false),
                    At = table.Column<DateTimeOffset>(nullable: false),
                    WamId = table.Column<string>(maxLength: 300, nullable: true),
                    SendKey = table.Column<Guid>(nullable: true),
                    State = table.Column<int>(nullable: false),
                    Problem = table.Column<string>(maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChatMessages", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ChatMessages_AspNetUsers_AccountId",
                        column: x => x.AccountId,
                        principalTable: "AspNetUsers",
                        principalColumn: "AccountId",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_ChatMessages_ChatContacts_AccountId_PhoneNumberId_Contact",
                        columns: x => new { x.AccountId, x.PhoneNumberId, x.Contact },
                        principalTable: "ChatContacts",
                        principalColumns: new[] { "AccountId", "PhoneNumberId", "Key" });
                });

            migrationBuilder.CreateTable(
                name: "WhatsAppPhoneNumbers",
                columns: table => new
                {
                    AccountId = table.Column<string>(maxLength: 200, nullable: false),
                    PhoneNumberId = table.Column<string>(maxLength: 32, nullable: false),
                    WabaId = table.Column<string>(maxLength: 32, nullable: false),
                    State = table.Column<string>(maxLength: 64, nullable: false),
                    Generation = table.Column<Guid>(nullable: false),
                    ConnectSequence = table.Column<long>(nullable: false),
                    GrantOrder = table.Column<int>(nullable: false),
                    Token = table.Column<string>(maxLength: -1, nullable: true),
                    TokenExpiresAt = table.Column<DateTime>(nullable: true),
                    TokenKeptUntil = table.Column<DateTime>(nullable: true),
                    GrantedBy = table.Column<string>(maxLength: 64, nullable: true),
                    DisplayPhone = table.Column<string>(maxLength: -1, nullable: true),
                    VerifiedName = table.Column<string>(maxLength: -1, nullable: true),
                    QualityRating = table.Column<string>(maxLength: 64, nullable: true),
                    Status = table.Column<string>(maxLength: 64, nullable: true),
                    CodeVerificationStatus = table.Column<string>(maxLength: 64, nullable: true),
                    PlatformType = table.Column<string>(maxLength: 64, nullable: true),
                    NameStatus = table.Column<string>(maxLength: 64, nullable: true),
                    IsOnBizApp = table.Column<bool>(nullable: true),
                    TokenInspectedAt = table.Column<DateTime>(nullable: true),
                    ListedAt = table.Column<DateTime>(nullable: true),
                    SubscribedAt = table.Column<DateTime>(nullable: true),
                    RegisteredAt = table.Column<DateTime>(nullable: true),
                    RefusedAt = table.Column<DateTime>(nullable: true),
                    OpenSteps = table.Column<string>(maxLength: -1, nullable: false),
                    Findings = table.Column<string>(maxLength: -1, nullable: false),
                    Pins = table.Column<string>(maxLength: -1, nullable: true),
                    Syncs = table.Column<string>(maxLength: -1, nullable: true),
                    RunningId = table.Column<Guid>(nullable: true),
                    RunningStep = table.Column<string>(maxLength: 64, nullable: true),
                    RunningSince = table.Column<DateTime>(nullable: true),
                    CreatedAt = table.Column<DateTime>(nullable: false),
                    ConnectedAt = table.Column<DateTime>(nullable: false),
                    DisconnectedAt = table.Column<DateTime>(nullable: true),
                    DisconnectReason = table.Column<string>(maxLength: 64, nullable: true),
                    DisconnectInitiator = table.Column<string>(maxLength: 64, nullable: true),
                    Notices = table.Column<string>(maxLength: -1, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WhatsAppPhoneNumbers", x => new { x.AccountId, x.PhoneNumberId });
                    table.ForeignKey(
                        name: "FK_WhatsAppPhoneNumbers_WhatsAppAccounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "WhatsAppAccounts",
                        principalColumn: "AccountId",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserClaims_UserId",
                table: "AspNetUserClaims",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_AspNetUserLogins_UserId",
                table: "AspNetUserLogins",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "EmailIndex",
                table: "AspNetUsers",
                column: "NormalizedEmail");

            migrationBuilder.CreateIndex(
                name: "UserNameIndex",
                table: "AspNetUsers",
                column: "NormalizedUserName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ChatContacts_AccountId_PhoneNumberId_GroupId",
                table: "ChatContacts",
                columns: new[] { "AccountId", "PhoneNumberId", "GroupId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ChatContacts_AccountId_PhoneNumberId_Phone",
                table: "ChatContacts",
                columns: new[] { "AccountId", "PhoneNumberId", "Phone" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ChatContacts_AccountId_PhoneNumberId_UserId",
                table: "ChatContacts",
                columns: new[] { "AccountId", "PhoneNumberId", "UserId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ChatMessages_AccountId_PhoneNumberId_Contact_Id",
                table: "ChatMessages",
                columns: new[] { "AccountId", "PhoneNumberId", "Contact", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ChatMessages_AccountId_SendKey",
                table: "ChatMessages",
                columns: new[] { "AccountId", "SendKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ChatMessages_AccountId_PhoneNumberId_WamId",
                table: "ChatMessages",
                columns: new[] { "AccountId", "PhoneNumberId", "WamId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_WhatsAppConnectAttempts_AccountId",
                table: "WhatsAppConnectAttempts",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_WhatsAppConnectAttempts_ClaimedAt",
                table: "WhatsAppConnectAttempts",
                column: "ClaimedAt");

            migrationBuilder.CreateIndex(
                name: "IX_WhatsAppConnectAttempts_StateHash",
                table: "WhatsAppConnectAttempts",
                column: "StateHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_WhatsAppConnectAttempts_WaitsUntil",
                table: "WhatsAppConnectAttempts",
                column: "WaitsUntil");

            migrationBuilder.CreateIndex(
                name: "IX_WhatsAppMetaCalls_At",
                table: "WhatsAppMetaCalls",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_WhatsAppMetaCalls_GraphId_Kind",
                table: "WhatsAppMetaCalls",
                columns: new[] { "GraphId", "Kind" });

            migrationBuilder.CreateIndex(
                name: "IX_WhatsAppPhoneNumbers_GrantedBy",
                table: "WhatsAppPhoneNumbers",
                column: "GrantedBy");

            migrationBuilder.CreateIndex(
                name: "IX_WhatsAppPhoneNumbers_PhoneNumberId",
                table: "WhatsAppPhoneNumbers",
                column: "PhoneNumberId");

            migrationBuilder.CreateIndex(
                name: "IX_WhatsAppPhoneNumbers_State",
                table: "WhatsAppPhoneNumbers",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_WhatsAppPhoneNumbers_TokenKeptUntil",
                table: "WhatsAppPhoneNumbers",
                column: "TokenKeptUntil");

            migrationBuilder.CreateIndex(
                name: "IX_WhatsAppPhoneNumbers_WabaId",
                table: "WhatsAppPhoneNumbers",
                column: "WabaId");

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
                name: "AspNetUserClaims");

            migrationBuilder.DropTable(
                name: "AspNetUserLogins");

            migrationBuilder.DropTable(
                name: "AspNetUserTokens");

            migrationBuilder.DropTable(
                name: "ChatContacts");

            migrationBuilder.DropTable(
                name: "ChatDeliveries");

            migrationBuilder.DropTable(
                name: "ChatMessages");

            migrationBuilder.DropTable(
                name: "WhatsAppConnectAttempts");

            migrationBuilder.DropTable(
                name: "WhatsAppMetaCalls");

            migrationBuilder.DropTable(
                name: "WhatsAppPhoneNumbers");

            migrationBuilder.DropTable(
                name: "WhatsAppWebhookItems");

            migrationBuilder.DropTable(
                name: "AspNetUsers");

            migrationBuilder.DropTable(
                name: "WhatsAppAccounts");
        }
    }
}
