using WhatsAppOnboarding.Testing;

//@ docs/emulator.md#test
