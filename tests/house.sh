#!/usr/bin/env bash
# Prints the measures of the house and whether its limits hold: can a newcomer hold it in the head?
#
#   bash tests/house.sh             exit code 1 if a limit does not hold
#   bash tests/house.sh --report    only prints
#   bash tests/house.sh --names     also the names: files under 25 lines, files that run in each story
#
# How each is counted, for src/WhatsAppOnboarding, without what is generated:
#   net lines        lines with a letter or digit that are no comment and no using or namespace directive
#   types            declarations of classes, records, structs, interfaces, enums and delegates, nested ones too; each part of a partial type
#   injected         the library's classes in the container after AddWhatsAppOnboarding on an empty one: registered by type or instance, or really given by
#                    a factory; each once. Classes that only its optional calls add, such as those of a store package, are not among them
#   public types     exported types of the assembly, nested ones too
#   namespaces       those of public types that begin with WhatsAppOnboarding. The extension methods in Microsoft.Extensions.DependencyInjection and
#                    Microsoft.AspNetCore.Builder are where IntelliSense offers them: no namespace that a host must learn
#   files that run   files with a method that runs between the first request and the last thing that follows from it; a table that is read runs too.
#                    A file that declares only an interface, an enum or constants never runs. Each story begins with a host just started, so what the start
#                    alone needs is not counted, but what is made at first use is. Numbers and ledger are in SQLite
# A gate of tests/run.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "${HOUSE_IS_BUILT:-}" = 1 ] || dotnet build tests/WhatsAppOnboarding.House --nologo -v quiet
exec dotnet tests/WhatsAppOnboarding.House/bin/Debug/net10.0/WhatsAppOnboarding.House.dll "$@"
