/** The window's colours that charts and reports take along (`src-renderer/base/tokens.css`, to which a test compares them). */

const light = {
  ...{ bg: '#f7f6f3', surface: '#ffffff', sunken: '#f0eeea', line: '#e2dfd8', 'line-strong': '#c9c4b9' },
  ...{ ink: '#1f1e1b', 'ink-2': '#5d5a53', accent: '#2f5d50', danger: '#a4262c' },
  ...{ 'hue-0': '#0072b2', 'hue-1': '#a8456f', 'hue-2': '#00795a', 'hue-3': '#a35a00' },
  ...{ 'hue-4': '#7048b0', 'hue-5': '#b03a1a', 'hue-6': '#0b6f82', 'hue-7': '#666500' },
}
const dark: Record<keyof typeof light, string> = {
  ...{ bg: '#161614', surface: '#1e1e1b', sunken: '#191917', line: '#2e2d29', 'line-strong': '#45433d' },
  ...{ ink: '#eceae4', 'ink-2': '#b4b0a6', accent: '#7fbfa9', danger: '#f19a94' },
  ...{ 'hue-0': '#5db3e6', 'hue-1': '#e28fb4', 'hue-2': '#4fc3a1', 'hue-3': '#e2a35a' },
  ...{ 'hue-4': '#b79bea', 'hue-5': '#f08a6c', 'hue-6': '#5cc4d6', 'hue-7': '#c9c45a' },
}
export const tokens = { light, dark }
export type Token = keyof typeof light
