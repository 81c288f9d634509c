//@ docs/emulator.md#app in a test
