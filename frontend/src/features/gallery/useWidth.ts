import { useCallback, useEffect, useState } from 'react';

/** What was measured last: who comes back to a list finds it as high as it was at once, and the place where they were. */
let last: number | null = null;

/** Returns the width of an element in whole CSS pixels, null before any was drawn, and what tells of the element. */
export function useWidth(): [number | null, (element: HTMLElement | null) => void] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [width, setWidth] = useState(last);
  const measure = useCallback((measured: HTMLElement) => {
    last = measured.clientWidth;
    setWidth(last);
  }, []);
  const mount = useCallback(
    (mounted: HTMLElement | null) => {
      setElement(mounted);
      if (mounted) measure(mounted);
    },
    [measure],
  );
  useEffect(() => {
    if (element === null) return;
    const observer = new ResizeObserver(() => measure(element));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element, measure]);
  return [width, mount];
}
