namespace WebHost.Demo;

/// <summary>
/// Forty conversations of a shop for plants, all of it invented. A line begins with who says it: <c>&lt;</c> the customer, <c>&gt;</c> the business, <c>=</c> nobody;
/// <c>@</c> is how many hours ago the next lines were written. What follows in brackets is no text: see <see cref="DemoSeed"/>.
/// </summary>
internal static class DemoTalks
{
    public static readonly IReadOnlyList<DemoTalk> All =
    [
        new("Ada Park", 0, ["@30", "< Good morning! Do you have *ferns* in the shop?", "> We do. Small ones for 4.50 and big ones for 12.", "+ 👍", "@2", "<[image] Is it this one?", "^> That is a sword fern, yes. We have three left.", "< Please keep two for me", "> Done. They are yours until Saturday.", "@0.2", "< You are the best. I come at five"]),
        new("Bea Hill", 0, ["@26", "< Hi, is it true that you deliver on Sundays?", "> Until noon, yes.", "@0.5", "<[voice]", "< I hope you can hear me, it is windy here"]),
        new("Carlos Vega", 2, ["@5", "<[place] Greenhouse 4", "< That is where it should go", "> Thank you, the driver knows it.", "@1", "< He is here, all good", "+> 🙏"]),
        new("Dana Cole", 1, ["@3", "<[order]", "> Thank you! We pack it today and write when it leaves.", "@1.5", "< Could you add a bag of soil?", "!> Of course."]),
        new("Emil Roth", 0, ["@50", "< Wie lange brauchen Kakteen ohne Wasser?", "> Im Winter gut vier Wochen.", "< Danke"]),
        new("Fatima Noor", 0, ["@4", "< مرحبا، هل عندكم نعناع؟", "> نعم، عندنا نعناع طازج.", "< ممتاز، شكرا\nI come with my sister, she speaks English"]),
        new("Gus Lind", 0, ["@75", "< How much is the olive tree by the door?", "x< (taken back)", "> The one by the door is 89.", "e< I take it if you can bring it to the third floor"]),
        new("Hana Mori", 1, ["@7", "<[pdf] garden-plan.pdf", "< The plan of our garden. Which plants would you put by the wall?", "> Give me until tomorrow, I ask our gardener.", "< No hurry"]),
        new("Ivo Petrov", 2, ["@28", "< Where is my parcel?", "> It left this morning: https://shop.example/track/7731", "< Great"]),
        new("Jun Tan", 0, ["@1", "<[card] Mei Tan", "< My mother, please call her about the orchids. She has no computer."]),
        new("Kira Olsen", 0, ["@100", "< Is the shop open on Monday?", "> Mondays we are closed.", "@98", "= Kira changed from 15550101110 to 15550101010", "< This is my new number, by the way"]),
        new("Leo Marsh", 1, ["@12", "> [template] Hi Leo, your order 4711 is on its way.", "< Thanks for telling"]),
        new("Mona Reyes", 0, ["@9", "<[sticker]", "> 😄", "< See you on Saturday"]),
        new("Nils Berg", 0, ["@0.8", "< Hello?", "< Is somebody there?", "< I only want to know whether the roses came"]),
        new("Olga Sand", 0, ["@8760", "< Do you sell Christmas trees?", "> From the first of December on.", "@0.9", "< A year later: do you sell Christmas trees again?"]),
        new("Pia Lund", 2, ["@6", "<[audio]", "< The noise that the pump makes. Is that normal?", "> It is not. Bring it in, it has a guarantee."]),
        new("Quinn Doyle", 0, ["@33", "< _How_ do I repot a monstera? ~With love?~ With `potting mix`?", "> With fresh potting mix:\n1. Take it out\n2. Loosen the roots\n3. One size up", "+ ❤️"]),
        new("Rosa Kent", 1, ["@48", "< My order has not come", "> I am sorry! Which number does it have?", "< 5120", "> It comes tomorrow, I called them."]),
        new("Sam Blake", 0, ["@20", "< Can I pay by card?", "> You can."]),
        new("Tara Singh", 0, ["@14", "<[image] Brown spots, what is it?", "> Too much sun. Put it a step back from the window."]),
        new("Uma Frost", 0, ["@60", "< Thanks for the lovely flowers", "+> ❤️"]),
        new("Viktor Hale", 2, ["@22", "< Gate code is 1234#", "> Noted."]),
        new("Wes Amis", 0, ["@36", "< Any tulips?", "> From March on."]),
        new("Xenia Pol", 0, ["@40", "< Which soil for tomatoes?", "> The one with the red stripe."]),
        new("Yara Bell", 1, ["@55", "< The pot arrived broken", "<[image] Look", "> A new one is on its way. Keep the old one.", "< Very kind"]),
        new("Zoe Quist", 0, ["@70", "< Do you have a job for the summer?", "> Write to jobs@shop.example, please."]),
        new("Arno Falk", 0, ["@80", "< What time do you open?", "> Nine."]),
        new("Britt Dahl", 0, ["@90", "< I left my umbrella", "> It is at the desk."]),
        new("Cyrus Webb", 2, ["@95", "< Is delivery free?", "> From 50 on."]),
        new("Dora Nash", 0, ["@110", "< Peat-free?", "> All of ours is."]),
        new("Enzo Ricci", 0, ["@120", "< Avete basilico?", "> Sì, in vaso."]),
        new("Flo Hardy", 1, ["@130", "< Can I return a lamp?", "> Within 30 days."]),
        new("Gina Moss", 0, ["@140", "< Happy birthday to the shop!", "> Thank you!"]),
        new("Hugo Lane", 0, ["@150", "< Lavender?", "> Plenty."]),
        new("Ines Prado", 0, ["@160", "< ¿Tienen romero?", "> Sí."]),
        new("Jack Stone", 2, ["@170", "< Ring twice please", "> Will do."]),
        new("Kim Arden", 0, ["@180", "< Gift cards?", "> At the desk and by link: https://shop.example/gifts"]),
        new("Lars Holt", 0, ["@190", "< Compost by the bag?", "> 40 litres, 8.90."]),
        new(null, 0, ["@0.6", "< Do you ship abroad?"], Username: "norafield"),
        new("Plant swap", 0, ["@3", "< Who brings the cuttings on Saturday?", "< I do, and Ben the pots"], IsGroup: true),
    ];
}

/// <summary>One conversation.</summary>
/// <param name="Name">What the customer calls themselves.</param>
/// <param name="Number">To which of the numbers they wrote.</param>
/// <param name="Lines">What was said.</param>
/// <param name="Username">Of somebody who hides their number.</param>
/// <param name="IsGroup">Whether it is a group.</param>
internal sealed record DemoTalk(string? Name, int Number, IReadOnlyList<string> Lines, string? Username = null, bool IsGroup = false);
