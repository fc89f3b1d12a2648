declare module 'dcmjs' {
  const dcmjs: {
    data: { DicomMetaDictionary: { nameMap: Record<string, { tag: string; vr?: string }> } };
  };
  export default dcmjs;
}
