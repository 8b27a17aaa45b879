import { useEffect, useRef } from 'react'
import { commandOf, type Command } from './keys.ts'

const typing = 'input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=dialog], [role=menu], [role=listbox]'
const pressed: readonly string[] = ['Enter', ' ']

/** Listens to the keys of the page while nobody types or answers a dialog. `run` says whether it did something. */
export function useKeys(run: (command: Command) => boolean): void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const command = commandOf(event)
      if (command === null || event.defaultPrevented || !(event.target instanceof Element)) return
      if (event.target.closest(typing) || document.querySelector('[aria-modal=true]')) return
      // A button or link that has the focus is pressed.
      if (pressed.includes(event.key) && event.target.closest('button, a, summary, input')) return
      if (latest.current(command)) event.preventDefault()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [])
}
