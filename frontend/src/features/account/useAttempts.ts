import { useState } from 'react';

/** Runs one attempt at a time and keeps what came of the last one: what went wrong, or words for what went well. */
export function useAttempts() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [done, setDone] = useState<string | null>(null);
  const forget = () => {
    setError(null);
    setDone(null);
  };
  const attempt = async (act: () => Promise<void>, success: string | null = null) => {
    setBusy(true);
    forget();
    try {
      await act();
      setDone(success);
    } catch (error) {
      setError(error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, done, attempt, forget };
}
