/** The mark of the program: the fire in its cell of the grid, in one colour, since colour here means abnormal. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" fill="currentColor" fillRule="evenodd" aria-hidden>
      <path d="M32 2 58 17v30L32 62 6 47V17ZM33.5 14C35 21 45.5 26.5 45.5 37.2 45.5 45 39.6 50 32 50S18.5 45 18.5 37.4c0-5.9 3.7-9.2 5.7-13.4 1.4 2 2 3.8 2.2 5.8C30.2 26.4 33 20.5 33.5 14Z" />
      <path d="M32.4 32.5c1 3.5 5 5.3 5 9.5 0 3-2.4 4.9-5.4 4.9s-5.4-1.9-5.4-4.7c0-3.6 4.8-5.2 5.8-9.7Z" />
    </svg>
  )
}
