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

export const theme = createTheme({
  colors: { fern },
  primaryColor: 'fern',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  headings: { fontFamily: 'inherit', fontWeight: '650' },
  respectReducedMotion: true,
});
