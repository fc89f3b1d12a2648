import { describe, expect, it } from '@jest/globals';
import { nativeModelOf } from './native-model.js';

describe('the Native DICOM Model of a data set', () => {
  it('has values, names, items, private elements and bulk data', () => {
    const xml = nativeModelOf({
      '00080061': { vr: 'CS', Value: ['CT', null, 'MR'] },
      '00091001': { vr: 'LO', Value: ['<a> & "b"\u0000'] },
      '00090010': { vr: 'LO', Value: ['ACME'] },
      '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Zhang^Wei^^Dr', Ideographic: '张^伟' }] },
      '00200010': { vr: 'SH' },
      '00400275': { vr: 'SQ', Value: [{ '00400009': { vr: 'SH', Value: ['S1'] } }] },
      '00420011': { vr: 'OB', InlineBinary: 'AAE=' },
      '7FE00010': { vr: 'OW', BulkDataURI: '/a?b&c' },
    });
    expect(xml).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<NativeDicomModel xmlns="http://dicom.nema.org/PS3.19/models/NativeDICOM" xml:space="preserve">',
        '<DicomAttribute tag="00080061" vr="CS" keyword="ModalitiesInStudy">',
        '<Value number="1">CT</Value><Value number="2"/><Value number="3">MR</Value></DicomAttribute>',
        '<DicomAttribute tag="00090001" vr="LO" privateCreator="ACME">',
        '<Value number="1">&lt;a&gt; &amp; &quot;b&quot;\uFFFD</Value></DicomAttribute>',
        '<DicomAttribute tag="00090010" vr="LO"><Value number="1">ACME</Value></DicomAttribute>',
        '<DicomAttribute tag="00100010" vr="PN" keyword="PatientName"><PersonName number="1">',
        '<Alphabetic><FamilyName>Zhang</FamilyName><GivenName>Wei</GivenName><NamePrefix>Dr</NamePrefix></Alphabetic>',
        '<Ideographic><FamilyName>张</FamilyName><GivenName>伟</GivenName></Ideographic></PersonName></DicomAttribute>',
        '<DicomAttribute tag="00200010" vr="SH" keyword="StudyID"></DicomAttribute>',
        '<DicomAttribute tag="00400275" vr="SQ" keyword="RequestAttributesSequence"><Item number="1">',
        '<DicomAttribute tag="00400009" vr="SH" keyword="ScheduledProcedureStepID"><Value number="1">S1</Value></DicomAttribute>',
        '</Item></DicomAttribute>',
        '<DicomAttribute tag="00420011" vr="OB" keyword="EncapsulatedDocument"><InlineBinary>AAE=</InlineBinary></DicomAttribute>',
        '<DicomAttribute tag="7FE00010" vr="OW" keyword="PixelData"><BulkData uri="/a?b&amp;c"/></DicomAttribute>',
        '</NativeDicomModel>',
      ].join(''),
    );
  });
});
