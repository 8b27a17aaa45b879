export const commands = {
  next: ['j', 'ArrowDown'],
  previous: ['k', 'ArrowUp'],
  first: ['Home'],
  last: ['End'],
  select: ['x', ' '],
  reach: ['X'],
  all: ['*'],
  acknowledge: ['a'],
  shelve: ['s'],
  open: ['Enter', 'o'],
  close: ['Escape'],
  filter: ['/'],
  keys: ['?'],
} as const
export type Command = keyof typeof commands

type Pressed = { key: string; ctrlKey: boolean; altKey: boolean; metaKey: boolean; shiftKey: boolean }

const named = new Map<string, Command>(
  (Object.keys(commands) as Command[]).flatMap((command) => commands[command].map((key) => [key, command] as [string, Command])),
)

/** What a key means on the operators' page. Keys held with Ctrl, Alt or the command key belong to the browser and the frame. */
export function commandOf({ key, ctrlKey, altKey, metaKey, shiftKey }: Pressed): Command | null {
  if (ctrlKey || altKey || metaKey) return null
  if (shiftKey && key === ' ') return 'reach'
  return named.get(key) ?? null
}
