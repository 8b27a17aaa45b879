/** What a page finds as `window.desktop` when it runs in Hearthgrid's own window; undefined in a browser. */
export type DesktopBridge = {
  version: string
  /** Shows how many things wait for a person, 0 to 9999, at the program's icon. 0 takes the mark away. */
  badge(count: number): void
  /** Brings the window to the front, also out of the tray. */
  show(): void
}
