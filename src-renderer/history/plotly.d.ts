declare module 'plotly.js-basic-dist-min' {
  const plotly: import('./plotly-types.ts').Plotly
  export default plotly
}
