using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding;
using WhatsAppOnboarding.Browser;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.Disconnect;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Notices;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Status;
using WhatsAppOnboarding.Upkeep;
using WhatsAppOnboarding.Webhooks;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the library's routes: one call for the accounts' side, one for Meta's.</summary>
public static class WhatsAppOnboardingEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps connect, callback, oauth, choose, attempts, status, attention, steps, pin, disconnect and the web components. Add the host's own conventions to what it returns,
    /// such as <c>RequireAuthorization()</c>; the callback stays anonymous, for it must never lead a browser that carries a code to a sign-in page, and so do
    /// the components' scripts and the choice by a form, which refuses whoever is signed out by itself.
    /// </summary>
    public static IEndpointConventionBuilder MapWhatsAppOnboarding(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var options = OptionsOf(endpoints);
        var group = endpoints.MapGroup("").WithTags("WhatsAppOnboarding");

        group.MapGet(options.Paths.Connect, AccountRoute.For<ConnectEndpoint>((connect, context) => connect.NavigateAsync(context)))
            .WithMetadata(new AnswerForm(Json: false)).WithSummary("Start to connect WhatsApp").Require(options.ManagePolicy);
        group.MapGet(options.Paths.Connect, AccountRoute.For<ConnectEndpoint>((connect, context) => connect.AnswerAsync(context)))
            .WithMetadata(new AnswerForm(Json: true)).DisableCookieRedirect().WithSummary("Start to connect WhatsApp from a front end").Require(options.ManagePolicy)
            .Describes("Connect", typeof(ConnectStartAnswer), parameters: ConnectEndpoint.Parameters, refusals: [400, 401, 403, 429]);
        group.MapGet(options.Paths.Callback, AccountRoute.For<CallbackEndpoint>((callback, context) => callback.FinishAsync(context), (callback, context) => callback.BreakOff(context)))
            .AllowAnonymous().WithSummary("Where Meta sends the browser back");
        group.MapPost(options.Paths.OAuth, AccountRoute.For<AttemptEndpoints>((attempts, context) => attempts.FinishAsync(context)))
            .DisableCookieRedirect().WithSummary("Finish connecting with a code").Require(options.ManagePolicy)
            .Describes("FinishConnect", typeof(ConnectAnswer), typeof(OAuthRequest), refusals: [400, 401, 403, 409, 422, 429, 502, 504]);
        group.MapPost(options.Paths.Choose, AccountRoute.For<AttemptEndpoints>((attempts, context) => attempts.ChooseAsync(context)))
            .DisableCookieRedirect().WithSummary("Choose among the granted numbers").Require(options.ManagePolicy)
            .Describes("ChooseNumbers", typeof(ConnectAnswer), typeof(ChooseRequest), refusals: [400, 401, 403, 404, 409, 422]);
        group.MapPost(options.Paths.Choose, AccountRoute.For<CallbackEndpoint>((callback, context) => callback.ChooseAsync(context), (callback, context) => callback.BreakOff(context)))
            .AllowAnonymous().WithMetadata(new AcceptsMetadata(["application/x-www-form-urlencoded"])).WithSummary("Choose among the granted numbers by a form").ExcludeFromDescription()
            .AfterOthers();
        group.MapGet($"{options.Paths.Attempts}/{{{AttemptEndpoints.Id}}}", AccountRoute.For<AttemptEndpoints>((attempts, context) => attempts.ShowAsync(context)))
            .DisableCookieRedirect().WithSummary("What became of an attempt to connect").Require(options.ReadPolicy)
            .Describes("Attempt", typeof(AttemptView), parameters: AttemptEndpoints.Parameters, refusals: [401, 403, 404]);
        group.MapPost($"{options.Paths.Attempts}/{{{AttemptEndpoints.Id}}}", AccountRoute.For<AttemptEndpoints>((attempts, context) => attempts.SignAsync(context)))
            .DisableCookieRedirect().WithSummary("Tell that somebody is still connecting").Require(options.ManagePolicy)
            .Describes("AttemptAlive", typeof(SignAnswer), typeof(SignRequest), parameters: AttemptEndpoints.Parameters, refusals: [400, 401, 403]);
        group.MapGet(options.Paths.Status, AccountRoute.ForAccount<StatusReader>(StatusEndpoint.AnswerAsync))
            .DisableCookieRedirect().WithSummary("The account's WhatsApp connection").Require(options.ReadPolicy)
            .Describes("Status", typeof(OnboardingStatus), refusals: [401, 403]);
        group.MapGet(options.Paths.Attention, AccountRoute.ForAccount<IWhatsAppAccounts>((accounts, account, context) =>
                AttentionEndpoint.AnswerAsync(accounts.GetAttentionAsync(account, context.RequestAborted), context)))
            .DisableCookieRedirect().WithSummary("What the account must do now and soon").Require(options.ReadPolicy)
            .Describes("Attention", typeof(AttentionAnswer), refusals: [401, 403]);
        group.MapPost(options.Paths.Disconnect, AccountRoute.ForAccount<DisconnectFlow>(DisconnectEndpoint.RunAsync))
            .DisableCookieRedirect().WithSummary("Disconnect WhatsApp").Require(options.ManagePolicy)
            .Describes("Disconnect", typeof(DisconnectAnswer), typeof(DisconnectRequest), optionalBody: true, refusals: [400, 401, 403]);
        group.MapPost(options.Paths.Steps, AccountRoute.ForAccount<IWhatsAppSetup>(SetupEndpoints.RunStepAsync))
            .DisableCookieRedirect().WithSummary("Finish or repeat an open step").Require(options.ManagePolicy)
            .Describes("RunStep", typeof(StepsAnswer), typeof(StepsRequest), refusals: [400, 401, 403, 404, 409, 429, 502, 504]);
        group.MapPost(options.Paths.Pin, AccountRoute.ForAccount<IWhatsAppSetup>(SetupEndpoints.ReadPinAsync))
            .DisableCookieRedirect().WithSummary("Read the PIN that is kept for a number").Require(options.PinPolicy ?? options.ManagePolicy)
            .Describes("ReadPin", typeof(PinAnswer), typeof(PinRequest), refusals: [400, 401, 403, 404]);
        group.MapGet(options.Paths.Component, ComponentEndpoint.For("whatsapp-connect.js")).AllowAnonymous().WithSummary("The whatsapp-connect web component");
        group.MapGet(options.Paths.AttentionComponent, ComponentEndpoint.For("whatsapp-attention.js")).AllowAnonymous().WithSummary("The whatsapp-attention web component");
        return group;
    }

    /// <summary>Maps Meta's handshake, signed deliveries and signed requests. Anonymous whatever the host requires elsewhere; the signature is what counts.</summary>
    public static IEndpointConventionBuilder MapWhatsAppWebhooks(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var (services, paths) = (endpoints.ServiceProvider, OptionsOf(endpoints).Paths);
        var group = endpoints.MapGroup("").AllowAnonymous().WithTags("WhatsAppOnboarding");
        group.MapGet(paths.Webhooks, WebhookRoute.For<HandshakeEndpoint>(services, (handshake, context) => handshake.AnswerAsync(context))).WithSummary("Meta's webhook handshake");
        group.MapPost(paths.Webhooks, WebhookRoute.For<DeliveryEndpoint>(services, (delivery, context) => delivery.ReceiveAsync(context))).WithSummary("Meta's webhook deliveries");
        group.MapPost(paths.Deauthorize, WebhookRoute.For<SignedRequestEndpoints>(services, (requests, context) => requests.DeauthorizeAsync(context)))
            .WithSummary("A person took back what was granted");
        group.MapPost(paths.DataDeletion, WebhookRoute.For<SignedRequestEndpoints>(services, (requests, context) => requests.DeleteAsync(context)))
            .WithSummary("A person asks for their data to be deleted");
        group.MapGet($"{paths.DataDeletion}/{{{DeletionPage.Code}}}", WebhookRoute.For<SignedRequestEndpoints>(services, (_, context) => DeletionPage.ShowAsync(context)))
            .WithSummary("What became of a request to delete data");
        return group;
    }

    /// <summary>
    /// Maps the page behind setup and reconnect links (<see cref="IWhatsAppSetup.CreateLinkAsync"/>), and what the web component on it asks for. Anonymous: whoever has a link's address
    /// may connect numbers for its account, once. Not mapped by any other call, and not to be put under a prefix: set <see cref="WhatsAppOnboardingPaths.Links"/> instead.
    /// </summary>
    /// <exception cref="InvalidOperationException"><see cref="SetupLinkOptions.ServiceName"/> is not set.</exception>
    public static IEndpointConventionBuilder MapWhatsAppLinks(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var options = OptionsOf(endpoints);
        if (string.IsNullOrWhiteSpace(options.Links.ServiceName))
            throw new InvalidOperationException("The page behind links names your service. Set WhatsAppOnboarding:Links:ServiceName, or leave out app.MapWhatsAppLinks().");
        var group = endpoints.MapGroup("").AllowAnonymous().WithTags("WhatsAppOnboarding").ExcludeFromDescription();
        var page = $"{options.Paths.Links.TrimEnd('/')}/{{{LinkEndpoints.Secret}}}";
        group.MapGet(page, LinkRoute((links, context) => links.ShowAsync(context))).WithSummary("The page of a link");
        group.MapPost(page, LinkRoute((links, context) => links.PressAsync(context))).WithSummary("The button of a link");
        group.MapPost($"{page}/choose", LinkRoute((links, context) => links.ChooseAsync(context)))
            .WithMetadata(new AcceptsMetadata(["application/x-www-form-urlencoded"])).WithSummary("Choose among the granted numbers by a link's form").AfterOthers();
        group.MapPost($"{page}/choose", AccountRoute.For<LinkApi>((api, context) => api.ChooseAsync(context)))
            .WithMetadata(new AcceptsMetadata(["application/json"], typeof(ChooseRequest))).WithSummary("Choose among the granted numbers by a link");
        group.MapPost(page + LinkApi.Start, AccountRoute.For<LinkApi>((api, context) => api.StartAsync(context))).WithSummary("Start to connect by a link");
        group.MapPost($"{page}/oauth", AccountRoute.For<LinkApi>((api, context) => api.FinishAsync(context))).WithSummary("Finish connecting by a link");
        group.MapGet($"{page}/attempts/{{{AttemptEndpoints.Id}}}", AccountRoute.For<LinkApi>((api, context) => api.ShowAsync(context))).WithSummary("What became of a link's attempt");
        group.MapPost($"{page}/attempts/{{{AttemptEndpoints.Id}}}", AccountRoute.For<LinkApi>((api, context) => api.SignAsync(context))).WithSummary("Tell that somebody is still there by a link");
        group.MapGet($"{options.Paths.Links.TrimEnd('/')}/whatsapp-connect.js", ComponentEndpoint.For("whatsapp-connect.js")).WithSummary("The whatsapp-connect web component");
        return group;
    }

    /// <summary>
    /// Maps a route for operators that examines the host and answers what is wrong (<see cref="IWhatsAppOperator.ExamineAsync"/>): <c>{ "success", "status", "findings" }</c> with
    /// <c>status</c> <c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>. Not mapped by any other call. Each request examines anew, which calls Meta once.
    /// </summary>
    /// <param name="endpoints">Where to map it.</param>
    /// <param name="policy">The host's authorization policy for its operators; never one that accounts satisfy, because it shows the app's set-up.</param>
    /// <param name="path">The path.</param>
    public static IEndpointConventionBuilder MapWhatsAppDoctor(this IEndpointRouteBuilder endpoints, string policy, string path = "/api/operator/whatsapp/doctor")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrWhiteSpace(policy);
        return endpoints.MapGet(path, AccountRoute.For<IWhatsAppOperator>((operations, context) => DoctorEndpoint.AnswerAsync(operations.ExamineAsync(context.RequestAborted), context)))
            .DisableCookieRedirect().WithTags("WhatsAppOnboarding").WithSummary("What is wrong with this host, and how to put it right").RequireAuthorization(policy)
            .Describes("Doctor", typeof(DoctorAnswer), refusals: [401, 403]);
    }

    /// <exception cref="InvalidOperationException">The library is not registered.</exception>
    private static WhatsAppOnboardingOptions OptionsOf(IEndpointRouteBuilder endpoints) => endpoints.ServiceProvider.GetService<PublicAddress>() is null
        ? throw new InvalidOperationException("WhatsAppOnboarding is mapped and not registered. Add before builder.Build(): builder.Services.AddWhatsAppOnboarding(builder.Configuration.GetSection(\"WhatsAppOnboarding\"));")
        : endpoints.ServiceProvider.GetRequiredService<IOptions<WhatsAppOnboardingOptions>>().Value;

    private static RequestDelegate LinkRoute(Func<LinkEndpoints, HttpContext, Task> serve) => AccountRoute.For(serve, (_, context) => LinkPage.RefuseAsync(context, ErrorCodes.ServiceUnavailable));

    private static IEndpointConventionBuilder Require(this IEndpointConventionBuilder route, string? policy) =>
        policy is null ? route : route.RequireAuthorization(policy);

    /// <summary>For two routes on one path that differ by what they take: a post that says nothing of its content is the other's.</summary>
    private static void AfterOthers(this IEndpointConventionBuilder route) => route.Add(endpoint => ((RouteEndpointBuilder)endpoint).Order = 1);
}
