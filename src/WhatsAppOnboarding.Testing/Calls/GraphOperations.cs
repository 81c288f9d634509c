namespace WhatsAppOnboarding.Testing;

/// <summary>Names of the Graph operations, for <see cref="FaultScript"/> and <see cref="CallLog"/>.</summary>
public static class GraphOperations
{
    /// <summary><c>GET oauth/access_token</c> with a code.</summary>
    public const string ExchangeCode = "exchange_code";

    /// <summary><c>GET oauth/access_token?grant_type=fb_exchange_token</c>.</summary>
    public const string ExtendToken = "extend_token";

    /// <summary><c>GET debug_token</c>.</summary>
    public const string DebugToken = "debug_token";

    /// <summary><c>GET me</c>.</summary>
    public const string Me = "me";

    /// <summary><c>GET me/businesses</c>.</summary>
    public const string ListBusinesses = "list_businesses";

    /// <summary><c>GET {business}/owned_whatsapp_business_accounts</c>.</summary>
    public const string ListOwnedWabas = "list_owned_wabas";

    /// <summary><c>GET {business}/client_whatsapp_business_accounts</c>.</summary>
    public const string ListClientWabas = "list_client_wabas";

    /// <summary><c>GET {waba}</c>.</summary>
    public const string ReadWaba = "read_waba";

    /// <summary><c>GET {waba}/phone_numbers</c>.</summary>
    public const string ListPhoneNumbers = "list_phone_numbers";

    /// <summary><c>GET {phone}</c>.</summary>
    public const string ReadPhoneNumber = "read_phone_number";

    /// <summary><c>POST {waba}/subscribed_apps</c>.</summary>
    public const string SubscribeApp = "subscribe_app";

    /// <summary><c>GET {waba}/subscribed_apps</c>.</summary>
    public const string ListSubscribedApps = "list_subscribed_apps";

    /// <summary><c>DELETE {waba}/subscribed_apps</c>.</summary>
    public const string UnsubscribeApp = "unsubscribe_app";

    /// <summary><c>POST {app}/subscriptions</c>.</summary>
    public const string SetAppSubscription = "set_app_subscription";

    /// <summary><c>GET {app}/subscriptions</c>.</summary>
    public const string ListAppSubscriptions = "list_app_subscriptions";

    /// <summary><c>DELETE {app}/subscriptions</c>.</summary>
    public const string DeleteAppSubscription = "delete_app_subscription";

    /// <summary><c>POST {phone}/register</c>.</summary>
    public const string Register = "register";

    /// <summary><c>POST {phone}/deregister</c>.</summary>
    public const string Deregister = "deregister";

    /// <summary><c>POST {phone}/request_code</c>.</summary>
    public const string RequestCode = "request_code";

    /// <summary><c>POST {phone}/verify_code</c>.</summary>
    public const string VerifyCode = "verify_code";

    /// <summary><c>POST {phone}</c> with a PIN, or with another name.</summary>
    public const string SetPin = "set_pin";

    /// <summary><c>POST {phone}/smb_app_data</c>.</summary>
    public const string SyncAppData = "sync_app_data";

    /// <summary><c>POST {phone}/messages</c>: sending, and marking as read.</summary>
    public const string SendMessage = "send_message";

    /// <summary><c>GET {waba}/message_templates</c>.</summary>
    public const string ListTemplates = "list_templates";

    /// <summary><c>POST {phone}/media</c>.</summary>
    public const string UploadMedia = "upload_media";

    /// <summary><c>GET {media}</c>.</summary>
    public const string ReadMedia = "read_media";

    /// <summary><c>GET</c> of the address that <see cref="ReadMedia"/> gave.</summary>
    public const string DownloadMedia = "download_media";

    /// <summary><c>DELETE {media}</c>.</summary>
    public const string DeleteMedia = "delete_media";

    /// <summary><c>GET {phone}/whatsapp_business_profile</c>.</summary>
    public const string ReadProfile = "read_profile";

    /// <summary><c>POST {phone}/whatsapp_business_profile</c>.</summary>
    public const string UpdateProfile = "update_profile";

    /// <summary>Any request that is none of the others.</summary>
    public const string Unknown = "unknown";
}
