import { useCallback, useEffect, useState } from 'react';

/** Returns the width of an element in whole CSS pixels, null before it is drawn, and what tells of the element. */
export function useWidth(): [number | null, (element: HTMLElement | null) => void] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [width, setWidth] = useState<number | null>(null);
  const mount = useCallback((mounted: HTMLElement | null) => {
    setElement(mounted);
    if (mounted) setWidth(mounted.clientWidth);
  }, []);
  useEffect(() => {
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return [width, mount];
}
