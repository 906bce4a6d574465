import { Component, type ReactNode } from 'react';
import { Broken } from './Broken';

interface BreakableProps {
  /** Where the page is: elsewhere it is tried again. */
  place: string;
  children: ReactNode;
}

interface Breakage {
  readonly error: unknown;
  readonly place: string;
}

/** The page, or what is said in its place where it can't start or a part of it broke. */
export class Breakable extends Component<BreakableProps, { breakage: Breakage | null }> {
  override state: { breakage: Breakage | null } = { breakage: null };

  static getDerivedStateFromError(error: unknown) {
    return { breakage: { error, place: '' } };
  }

  static getDerivedStateFromProps({ place }: BreakableProps, { breakage }: { breakage: Breakage | null }) {
    if (breakage === null || breakage.place === place) return null;
    return { breakage: breakage.place === '' ? { ...breakage, place } : null };
  }

  override render() {
    const { breakage } = this.state;
    return breakage === null ? this.props.children : <Broken error={breakage.error} />;
  }
}
