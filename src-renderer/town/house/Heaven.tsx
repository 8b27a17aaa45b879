import type { Sky } from './sky.ts'

/** Sky, stars or sun, and clouds. */
export function Heaven({ id, sky, seed }: { id: string; sky: Sky; seed: number }) {
  const night = sky.time === 'night'
  return (
    <g>
      <defs>
        <linearGradient id={id} x1="0" x2="0" y1="0" y2="1">
          <stop offset="0" stopColor={sky.colors[0]} />
          <stop offset="1" stopColor={sky.colors[1]} />
        </linearGradient>
      </defs>
      <rect width="320" height="175" fill={`url(#${id})`} />
      {night &&
        Array.from({ length: 22 }, (_, i) => (
          <circle key={i} cx={(i * 73 + seed * 31) % 320} cy={(i * 41 + seed * 13) % 96} r={0.5 + (i % 3) * 0.3} fill="#f6f2d8" />
        ))}
      {night && <path d="M268 22a15 15 0 1 0 12 24a12 12 0 0 1-12-24Z" fill="#efe9cf" />}
      {sky.sun !== null && <circle cx="262" cy={96 - 62 * sky.sun} r="13" fill={sky.time === 'low' ? '#ffd9a0' : '#fff3c4'} />}
      {Array.from({ length: sky.clouds }, (_, i) => {
        const [x, y] = [(34 + i * 83 + seed * 23) % 300, 20 + ((i * 29 + seed * 11) % 34)]
        return (
          <path
            key={i}
            d={`M${x - 24} ${y + 9}a9 9 0 0 1 5-16a13 13 0 0 1 24-4a10 10 0 0 1 14 9a6 6 0 0 1-1 11Z`}
            fill="#ffffff"
            opacity={sky.time === 'low' ? 0.5 : 0.75}
          />
        )
      })}
    </g>
  )
}
