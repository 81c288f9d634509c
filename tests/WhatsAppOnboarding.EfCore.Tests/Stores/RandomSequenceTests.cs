using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Hosts;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Tests.Stores;

/// <summary>Accounts that share numbers do whatever they like, each by two writers at once. Set WHATSAPP_TESTS_SEED to repeat a run.</summary>
public class RandomSequenceTests
{
    private const int Accounts = 4;

    private const int Writers = 2;

    private readonly Trouble _trouble = new();

    [Theory]
    [InlineData(DatabaseKind.Sqlite, HostKind.Plain, 20)]
    [InlineData(DatabaseKind.Sqlite, HostKind.Refusing, 20)]
    [InlineData(DatabaseKind.PostgreSql, HostKind.Identity, 50)]
    [InlineData(DatabaseKind.PostgreSql, HostKind.Refusing, 50)]
    public async Task Whatever_accounts_do_the_authority_holds(DatabaseKind database, HostKind kind, int steps)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("WHATSAPP_TESTS_SEED"), out var given) ? given : Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        await using var host = await TestHost.StartAsync(database, kind, options => options.AddInterceptors(_trouble));
        AccountId[] accounts = [.. await Task.WhenAll(Enumerable.Range(0, Accounts).Select(_ => host.CreateAccountAsync()))];

        await Task.WhenAll(Enumerable.Range(0, Accounts * Writers).Select(async writer =>
        {
            var account = accounts[writer % Accounts];
            var random = new Random(seed + writer);
            for (var step = 0; step < steps; step++)
            {
                try
                {
                    await StepAsync(host, account, random);
                }
                catch (IOException)
                {
                    // The save that was made to fail: the account must be as sound as before.
                }

                (await SoundAsync(host, account, kind)).ShouldBeNull($"seed {seed}, writer {writer}, step {step}");
            }
        }));

        foreach (var account in accounts)
            (await TrueCopyAsync(host, account)).ShouldBeTrue($"seed {seed}");
    }

    private Task<bool> StepAsync(TestHost host, AccountId account, Random random)
    {
        if (random.Next(12) == 0)
            _trouble.FailAfter();
        else if (random.Next(12) == 0)
            _trouble.FailBefore();

        var number = $"{random.Next(1, 6)}";
        var (action, generation) = (random.Next(10), Guid.NewGuid());
        return host.WithStoreAsync(async store =>
        {
            if (action == 9)
                await store.EraseAsync(account);
            else
                await store.WriteAsync(account, now => action < 5 ? Connect(account, now, generation, number, random.Next(3)) : Disconnect(now, action == 5 ? null : number));
            return true;
        });
    }

    private static PhoneNumber[] Connect(AccountId account, AccountPhoneNumbers now, Guid generation, string first, int more)
    {
        if (now.Numbers.Any(number => number.Generation == generation))
            return [];
        var from = int.Parse(first, CultureInfo.InvariantCulture);
        return [.. Enumerable.Range(0, more + 1).Select(order =>
            SomeNumber.Connected(account, $"{from + order}", $"9{from + order}", now.Reference.ConnectSequence + 1, order) with
            {
                Generation = generation,
                VerifiedName = $"{from}+{more}",
            })];
    }

    /// <summary>The numbers that came with this one: each is there, from the same connect or a later one.</summary>
    private static IEnumerable<PhoneNumberId> Companions(PhoneNumber number)
    {
        var parts = number.VerifiedName!.Split('+').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return Enumerable.Range(parts[0], parts[1] + 1).Select(n => PhoneNumberId.Parse($"{n}"));
    }

    private static PhoneNumber[] Disconnect(AccountPhoneNumbers now, string? number) =>
        [.. now.Numbers.Where(one => one.IsHeld && (number is null || one.PhoneNumberId.ToString() == number)).Select(SomeNumber.Disconnected)];

    private static async Task<string?> SoundAsync(TestHost host, AccountId account, HostKind kind)
    {
        var now = await host.WithStoreAsync(store => store.ReadAsync(account));
        if (now.Reference.WabaId != AccountWabaReference.Derive(now.Numbers))
            return "the reference is not what the numbers say";
        if (now.Numbers.Any(number => number.IsHeld != (number.Token is not null) || number.AccountId != account))
            return "a token where none belongs";
        if (now.Numbers.Any(number => Companions(number).Any(id => now.Find(id) is not { } other || other.ConnectSequence < number.ConnectSequence)))
            return "half of a connect";
        if (now.Numbers.GroupBy(number => number.ConnectSequence).Any(connect => connect.Select(number => number.Generation).Distinct().Count() > 1))
            return "two connects that did not know of each other";

        var held = await host.WithStoreAsync(store => store.FindHeldAsync(
            new HeldNumbersQuery { Numbers = [.. Enumerable.Range(1, 9).Select(n => PhoneNumberId.Parse($"{n}"))] }));
        return kind is HostKind.Refusing && held.GroupBy(number => number.PhoneNumberId).Any(number => number.Count() > 1)
            ? "a number that two accounts hold"
            : null;
    }

    private static async Task<bool> TrueCopyAsync(TestHost host, AccountId account)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var copies = await scope.ServiceProvider.GetRequiredService<IAccountWabaReferenceSync>().ReadCopiesAsync(account);
        var reference = (await host.WithStoreAsync(store => store.ReadAsync(account))).Reference;
        return reference.Version == 0 || copies.Single() == reference.WabaId;
    }
}
