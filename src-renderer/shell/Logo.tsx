/** The mark of the program: two risers joined by a pipe, with the fire between them. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" aria-hidden>
      <path d="M4.5 3v18M19.5 3v18M4.5 15.5H9M15 15.5h4.5" />
      <path
        d="M12 5.5c.6 2.4 3.4 4 3.4 7.2a3.4 3.4 0 0 1-6.8 0c0-1.5.7-2.4 1.5-3.3.3 1 .8 1.5 1.4 1.7-.3-2 .1-3.8.5-5.6Z"
        fill="currentColor"
        stroke="none"
      />
    </svg>
  )
}
