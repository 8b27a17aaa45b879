/** Runs a command of this project: its result becomes the exit code, its error one message for the user and code 1. */
export async function runMain(main, onTrouble = (message) => process.stderr.write(`${message}\n`)) {
  try {
    process.exitCode = await main()
  } catch (error) {
    onTrouble(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
