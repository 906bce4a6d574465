import { createTheme, type MantineColorsTuple } from '@mantine/core';

const fern: MantineColorsTuple = [
  '#eef7f4',
  '#deece7',
  '#b8d9cf',
  '#8fc5b5',
  '#6db49f',
  '#57a991',
  '#35806e',
  '#2c6e5f',
  '#265f52',
  '#1d4c41',
];

/** Mantine's own, but darker where it lies beneath white words. */
const red: MantineColorsTuple = [
  '#fff5f5',
  '#ffe3e3',
  '#ffc9c9',
  '#ffa8a8',
  '#ff8787',
  '#ff6b6b',
  '#d63333',
  '#c92a2a',
  '#b02525',
  '#9b1f1f',
];

export const theme = createTheme({
  colors: { fern, red },
  primaryColor: 'fern',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  headings: { fontFamily: 'inherit', fontWeight: '650' },
  respectReducedMotion: true,
  components: {
    // Yellow words on light yellow are hard to read.
    Alert: { styles: { title: { color: 'var(--mantine-color-text)' } } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close this notice' } } },
  },
});
