/** Somebody's words in quotes, isolated: whatever their direction is, it turns nothing that stands around them. */
export function Quoted({ children }: { children: string }) {
  return (
    <>
      “<bdi>{children}</bdi>”
    </>
  );
}
