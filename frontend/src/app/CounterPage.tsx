import { Counter } from '@/features/counter/Counter';
import { usePageTitle } from '@/shared/usePageTitle';

/** How often a digit is written when one counts. */
export function CounterPage() {
  usePageTitle('Digit counter');
  return <Counter />;
}
