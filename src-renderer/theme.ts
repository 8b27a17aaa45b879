import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'

// Colour is kept for the abnormal: everything normal is drawn in these greys.
const gray: MantineColorsTuple = [
  '#f7f8f9',
  '#eceef0',
  '#e2e5e8',
  '#d3d8dc',
  '#bcc3c9',
  '#8d969e',
  '#565e66',
  '#414850',
  '#2b3035',
  '#14171a',
]
const dark: MantineColorsTuple = [
  '#e4e7ea',
  '#c4cad0',
  '#a3abb3',
  '#78828b',
  '#444b52',
  '#353b41',
  '#272b30',
  '#1b1e21',
  '#15181a',
  '#0f1113',
]
// No contact, broken sensor, failed request. Alarm red, orange and yellow stay free for alarms.
const abnormal: MantineColorsTuple = [
  '#fdeef4',
  '#f9d7e4',
  '#f0abc5',
  '#e87da6',
  '#df558a',
  '#d23777',
  '#b71c5e',
  '#9c124e',
  '#7f0c3f',
  '#5e062d',
]
// Works, but not as it should: some reads fail, a value is old, firmware asks for care.
const caution: MantineColorsTuple = [
  '#fff6e0',
  '#fdeac0',
  '#f8d488',
  '#f0bb4d',
  '#e3a321',
  '#c98a0a',
  '#a06c00',
  '#825700',
  '#644300',
  '#463000',
]

/** The library works out the words on a filled button for the light theme only. */
const variantColors: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input)
  const isPrimary = input.color === undefined || input.color === input.theme.primaryColor
  return input.variant === 'filled' && isPrimary ? { ...colors, color: 'var(--mantine-primary-color-contrast)' } : colors
}

export const theme = createTheme({
  variantColorResolver: variantColors,
  colors: { gray, dark, abnormal, caution },
  primaryColor: 'gray',
  primaryShade: { light: 8, dark: 3 },
  autoContrast: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.375rem' }, h2: { fontSize: '1.0625rem' }, h3: { fontSize: '0.9375rem' } },
  },
  defaultRadius: 'sm',
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '10px', xl: '16px' },
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
})

export const variables: CSSVariablesResolver = () => ({
  variables: { '--mantine-line-height': '1.45' },
  light: {
    '--mantine-color-body': gray[1],
    '--mantine-color-text': '#0c0e10',
    '--mantine-color-dimmed': gray[6],
    '--mantine-color-error': abnormal[7],
    '--mantine-color-default-border': gray[4],
    '--mantine-color-placeholder': '#6b747c',
    '--hg-panel': gray[0],
    '--hg-panel-quiet': '#f1f3f4',
    '--hg-hover': gray[2],
    '--hg-line': gray[3],
    '--hg-drawing': gray[7],
    '--hg-quiet': gray[6],
    '--hg-hatch': 'rgba(20, 23, 26, 0.13)',
    '--hg-abnormal': abnormal[6],
    '--hg-abnormal-ground': abnormal[0],
    '--hg-caution': caution[7],
    '--hg-caution-ground': caution[0],
    '--hg-alarm-critical': '#c4122f',
    '--hg-alarm-critical-ink': '#ffffff',
    '--hg-alarm-high': '#e8730c',
    '--hg-alarm-high-ink': '#14171a',
    '--hg-alarm-medium': '#f0bf00',
    '--hg-alarm-medium-ink': '#14171a',
    '--hg-alarm-low': '#0a78a6',
    '--hg-alarm-low-ink': '#ffffff',
  },
  dark: {
    '--mantine-color-body': dark[7],
    '--mantine-color-text': dark[0],
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-error': abnormal[3],
    '--mantine-color-default-border': dark[4],
    '--mantine-color-placeholder': '#929ba3',
    '--hg-panel': '#22262a',
    '--hg-panel-quiet': '#1f2326',
    '--hg-hover': '#2c3136',
    '--hg-line': dark[5],
    '--hg-drawing': dark[1],
    '--hg-quiet': dark[2],
    '--hg-hatch': 'rgba(228, 231, 234, 0.14)',
    '--hg-abnormal': abnormal[3],
    '--hg-abnormal-ground': '#3a1828',
    '--hg-caution': caution[3],
    '--hg-caution-ground': '#352a12',
    '--hg-alarm-critical': '#e8394b',
    '--hg-alarm-critical-ink': '#ffffff',
    '--hg-alarm-high': '#ff9433',
    '--hg-alarm-high-ink': '#14171a',
    '--hg-alarm-medium': '#ffd83d',
    '--hg-alarm-medium-ink': '#14171a',
    '--hg-alarm-low': '#55bfe8',
    '--hg-alarm-low-ink': '#14171a',
  },
})
