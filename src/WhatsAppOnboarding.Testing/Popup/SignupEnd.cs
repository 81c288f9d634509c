namespace WhatsAppOnboarding.Testing.Popup;

/// <summary>Makes true what the person chose.</summary>
internal static class SignupEnd
{
    public static SignupOutcome Reach(EmulatorCore core, PopupEnding ending, SignupChoice choice)
    {
        if (!ending.Grants)
            return new SignupOutcome([], null, core.Now);
        lock (core.World.Gate)
        {
            var waba = choice.FindWaba(core.World) ?? NewWaba(core.World, choice);
            IEnumerable<EmulatedWaba> wabas = ending.WabaIds is { } ids ? ids.Select(core.World.FindWaba).OfType<EmulatedWaba>()
                : ending.TakesAllWabas ? waba.Owner.Wabas.OrderByDescending(other => other == waba)
                : [waba];
            return new SignupOutcome([.. wabas.DefaultIfEmpty(waba)], Number(ending, choice, waba), core.Now);
        }
    }

    private static EmulatedWaba NewWaba(MetaWorld world, SignupChoice choice)
    {
        var parts = choice.Account.Split(':');
        var owner = world.FindBusiness(parts[^1]) ?? world.AddBusiness("New business");
        return owner.AddWaba(owner.Name);
    }

    private static EmulatedNumber? Number(PopupEnding ending, SignupChoice choice, EmulatedWaba waba)
    {
        var chosen = waba.Numbers.FirstOrDefault(number => number.Id == choice.Number);
        if (ending.IsCoexistence)
        {
            return (chosen is { IsOnBizApp: true } ? chosen : waba.Numbers.FirstOrDefault(number => number.IsOnBizApp))
                ?? waba.AddCoexistenceNumber(NumberText.Or(choice.NewNumber, waba), NameOr(choice, waba));
        }

        if (!ending.TakesNumber || choice.Number == SignupChoice.None)
            return null;
        return choice.Number == SignupChoice.New
            ? waba.AddUnverifiedNumber(NumberText.Or(choice.NewNumber, waba), NameOr(choice, waba))
            : chosen ?? (waba.Numbers is [var oldest, ..] ? oldest : null);
    }

    private static string NameOr(SignupChoice choice, EmulatedWaba waba) => choice.NewName.Length > 0 ? choice.NewName : waba.Name;
}
