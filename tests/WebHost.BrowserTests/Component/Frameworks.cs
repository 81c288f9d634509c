using System.ComponentModel;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using WebHost.BrowserTests.Framework;

namespace WebHost.BrowserTests.Component;

/// <summary>React and Vue as their packages have them, got by npm once and served to pages of tests. React's are modules for a bundler: here each is a function in one script.</summary>
public static class Frameworks
{
    private const string React = "19.3.1";
    private const string Vue = "3.5.45";

    private static readonly (string Name, string File)[] OfReact =
    [
        ("react", "react/cjs/react.production.js"),
        ("scheduler", "scheduler/cjs/scheduler.production.js"),
        ("react-dom", "react-dom/cjs/react-dom.production.js"),
        ("react-dom/client", "react-dom/cjs/react-dom-client.production.js"),
    ];

    private static readonly Lazy<Task<string?>> Installed = new(InstallAsync);

    /// <summary>The test is skipped where npm is not there or gets nothing.</summary>
    public static async Task RequireAsync() =>
        Assert.SkipWhen(await Installed.Value is null, "React and Vue could not be had: npm is not there, or does not reach its registry.");

    public static async Task WriteAsync(HttpContext context)
    {
        var modules = await Installed.Value ?? throw new InvalidOperationException("Ask RequireAsync first.");
        context.Response.ContentType = "text/javascript; charset=utf-8";
        if (context.Request.RouteValues["name"] is "vue.js")
        {
            await context.Response.SendFileAsync(Path.Combine(modules, "vue/dist/vue.runtime.global.prod.js"));
            return;
        }

        await context.Response.WriteAsync("""
            window.modules = {};
            window.load = (name) => { const one = modules[name]; if (!one.module) { one.module = { exports: {} }; one.run(one.module, one.module.exports, load); } return one.module.exports; };
            window.process = { env: { NODE_ENV: 'production' } };

            """);
        foreach (var (name, file) in OfReact)
            await context.Response.WriteAsync($"modules['{name}'] = {{ run: function (module, exports, require) {{\n{await File.ReadAllTextAsync(Path.Combine(modules, file))}\n}} }};\n");
    }

    private static async Task<string?> InstallAsync()
    {
        var folder = Path.Combine(SampleProcess.Metadata("Screenshots"), "..", $"frameworks-{React}-{Vue}");
        var modules = Path.GetFullPath(Path.Combine(folder, "node_modules"));
        if (File.Exists(Path.Combine(modules, "vue/package.json")) && File.Exists(Path.Combine(modules, "react-dom/package.json")))
            return modules;
        Directory.CreateDirectory(folder);
        try
        {
            using var npm = Process.Start(new ProcessStartInfo(
                "npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", $"react@{React}", $"react-dom@{React}", $"vue@{Vue}"])
            {
                RedirectStandardOutput = true,
            })!;
            await npm.StandardOutput.ReadToEndAsync();
            await npm.WaitForExitAsync();
            return npm.ExitCode == 0 ? modules : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
