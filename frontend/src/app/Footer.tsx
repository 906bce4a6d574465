import { Anchor } from '@mantine/core';
import { Link, matchPath, useLocation } from 'react-router';
import classes from './Footer.module.css';

/** Pages that end; on all others a footer would run away from who scrolls towards it. */
const FINITE = [
  ...['/labels', '/try', '/counter', '/albums', '/account', '/people', '/share-missed'],
  '/images/:id/mosaic',
];

/** The ways to what is beside the pictures, on pages that end. */
export function Footer() {
  const { pathname } = useLocation();
  if (!FINITE.some((page) => matchPath(page, pathname))) return null;
  return (
    <footer className={classes.footer}>
      <Anchor component={Link} to="/labels" size="sm" c="dimmed">
        Labels
      </Anchor>
      <Anchor component={Link} to="/try" size="sm" c="dimmed">
        Try a picture
      </Anchor>
      <Anchor component={Link} to="/counter" size="sm" c="dimmed">
        Digit counter
      </Anchor>
    </footer>
  );
}
