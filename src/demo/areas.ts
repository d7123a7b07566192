/** Where gardens and depots stand: real communes, rounded coordinates. `zone`: first digit of the telephone. */
export type Commune = { city: string; postcode: string; latitude: number; longitude: number };
export type Area = { name: string; zone: number; communes: Commune[] };

/** « Metz 57000 49.12 6.18 | … » */
function area(name: string, zone: number, text: string): Area {
  const communes = text.split(' | ').map((one) => {
    const [, city, postcode, latitude, longitude] = /^(.+) (\d{5}) (\S+) (\S+)$/.exec(one)!;
    return { city: city!, postcode: postcode!, latitude: Number(latitude), longitude: Number(longitude) };
  });
  return { name, zone, communes };
}

export const moselle = area(
  'Moselle',
  3,
  'Metz 57000 49.12 6.18 | Woippy 57140 49.15 6.15 | Montigny-lès-Metz 57950 49.10 6.15 | Marly 57155 49.06 6.15 | Thionville 57100 49.36 6.17 | Yutz 57970 49.36 6.19 | Hayange 57700 49.33 6.06 | Pont-à-Mousson 54700 48.90 6.05 | Ars-sur-Moselle 57130 49.08 6.07',
);
export const drome = area(
  'Drôme',
  4,
  'Crest 26400 44.73 5.02 | Saillans 26340 44.69 5.18 | Die 26150 44.75 5.37 | Aouste-sur-Sye 26400 44.71 5.06 | Livron-sur-Drôme 26250 44.77 4.84',
);
export const vilaine = area(
  'Vilaine',
  2,
  'Redon 35600 47.65 -2.08 | Guichen 35580 47.97 -1.80 | Pipriac 35550 47.81 -1.95 | Bain-de-Bretagne 35470 47.84 -1.68 | Allaire 56350 47.64 -2.16',
);

/** For the network of 102 gardens. */
export const areas: Area[] = [
  area('Artois', 3, 'Arras 62000 50.29 2.78 | Béthune 62400 50.53 2.64 | Lens 62300 50.43 2.83 | Bapaume 62450 50.10 2.85'),
  area('Flandre', 3, 'Hazebrouck 59190 50.72 2.54 | Bailleul 59270 50.74 2.73 | Cassel 59670 50.80 2.49 | Armentières 59280 50.69 2.88'),
  area('Picardie', 3, 'Amiens 80000 49.89 2.30 | Corbie 80800 49.91 2.51 | Longueau 80330 49.87 2.36 | Albert 80300 50.00 2.65'),
  area('Pays de Caux', 2, 'Yvetot 76190 49.62 0.76 | Fécamp 76400 49.76 0.37 | Bolbec 76210 49.57 0.47 | Doudeville 76560 49.72 0.78'),
  area('Bessin', 2, 'Bayeux 14400 49.28 -0.70 | Caen 14000 49.18 -0.37 | Isigny-sur-Mer 14230 49.32 -1.10 | Ifs 14123 49.14 -0.35'),
  area(
    'Perche',
    2,
    'Mortagne-au-Perche 61400 48.52 0.55 | Bellême 61130 48.38 0.56 | Nogent-le-Rotrou 28400 48.32 0.82 | Rémalard 61110 48.43 0.77',
  ),
  area('Trégor', 2, 'Lannion 22300 48.73 -3.46 | Guingamp 22200 48.56 -3.15 | Tréguier 22220 48.79 -3.23 | Bégard 22140 48.63 -3.30'),
  area(
    'Cornouaille',
    2,
    'Quimper 29000 48.00 -4.10 | Concarneau 29900 47.87 -3.92 | Rosporden 29140 47.96 -3.83 | Fouesnant 29170 47.89 -4.01',
  ),
  area(
    'Anjou',
    2,
    'Angers 49000 47.47 -0.56 | Trélazé 49800 47.45 -0.47 | Saumur 49400 47.26 -0.08 | Chalonnes-sur-Loire 49290 47.35 -0.76',
  ),
  area(
    'Vendée',
    2,
    'La Roche-sur-Yon 85000 46.67 -1.43 | Les Essarts 85140 46.77 -1.23 | Luçon 85400 46.45 -1.17 | Aizenay 85190 46.74 -1.61',
  ),
  area('Touraine', 2, 'Tours 37000 47.39 0.69 | Amboise 37400 47.41 0.98 | Loches 37600 47.13 0.99 | Montlouis-sur-Loire 37270 47.39 0.83'),
  area('Beauce', 2, 'Chartres 28000 48.45 1.48 | Lucé 28110 48.44 1.46 | Maintenon 28130 48.59 1.58 | Illiers-Combray 28120 48.30 1.24'),
  area('Brie', 1, 'Melun 77000 48.54 2.66 | Brie-Comte-Robert 77170 48.69 2.61 | Provins 77160 48.56 3.30 | Coulommiers 77120 48.81 3.08'),
  area('Hurepoix', 1, 'Arpajon 91290 48.59 2.25 | Marcoussis 91460 48.64 2.23 | Palaiseau 91120 48.71 2.25 | Dourdan 91410 48.53 2.01'),
  area('Champagne', 3, 'Reims 51100 49.26 4.03 | Épernay 51200 49.04 3.96 | Tinqueux 51430 49.25 3.99 | Fismes 51170 49.31 3.68'),
  area(
    'Lorraine',
    3,
    'Nancy 54000 48.69 6.18 | Lunéville 54300 48.59 6.49 | Toul 54200 48.68 5.89 | Saint-Nicolas-de-Port 54210 48.63 6.30',
  ),
  area('Alsace', 3, 'Colmar 68000 48.08 7.36 | Sélestat 67600 48.26 7.45 | Munster 68140 48.04 7.14 | Wintzenheim 68920 48.07 7.29'),
  area('Franche-Comté', 3, 'Besançon 25000 47.24 6.02 | Ornans 25290 47.11 6.14 | Saint-Vit 25410 47.18 5.81 | Dole 39100 47.09 5.49'),
  area(
    'Bourgogne',
    3,
    'Dijon 21000 47.32 5.04 | Beaune 21200 47.02 4.84 | Chenôve 21300 47.29 5.00 | Nuits-Saint-Georges 21700 47.14 4.95',
  ),
  area(
    'Morvan',
    3,
    'Autun 71400 46.95 4.30 | Château-Chinon 58120 47.07 3.93 | Saulieu 21210 47.28 4.23 | Étang-sur-Arroux 71190 46.87 4.19',
  ),
  area('Berry', 2, 'Bourges 18000 47.08 2.40 | Vierzon 18100 47.22 2.07 | Châteauroux 36000 46.81 1.69 | Issoudun 36100 46.95 1.99'),
  area(
    'Poitou',
    5,
    'Poitiers 86000 46.58 0.34 | Chasseneuil-du-Poitou 86360 46.65 0.37 | Lusignan 86600 46.44 0.12 | Châtellerault 86100 46.82 0.55',
  ),
  area(
    'Limousin',
    5,
    'Limoges 87000 45.83 1.26 | Saint-Junien 87200 45.89 0.90 | Bellac 87300 46.12 1.05 | Aixe-sur-Vienne 87700 45.80 1.14',
  ),
  area('Périgord', 5, 'Périgueux 24000 45.18 0.72 | Bergerac 24100 44.85 0.48 | Ribérac 24600 45.25 0.34 | Thiviers 24800 45.42 0.92'),
  area('Bordelais', 5, 'Bordeaux 33000 44.84 -0.58 | Libourne 33500 44.92 -0.24 | Blanquefort 33290 44.91 -0.64 | Créon 33670 44.77 -0.35'),
  area('Béarn', 5, 'Pau 64000 43.30 -0.37 | Orthez 64300 43.49 -0.77 | Oloron-Sainte-Marie 64400 43.19 -0.61 | Morlaàs 64160 43.34 -0.26'),
  area('Lauragais', 5, 'Toulouse 31000 43.60 1.44 | Revel 31250 43.46 2.00 | Castelnaudary 11400 43.32 1.95 | Labège 31670 43.53 1.53'),
  area('Biterrois', 4, 'Béziers 34500 43.34 3.22 | Pézenas 34120 43.46 3.42 | Narbonne 11100 43.18 3.00 | Agde 34300 43.31 3.47'),
  area('Comtat', 4, 'Avignon 84000 43.95 4.81 | Carpentras 84200 44.05 5.05 | Cavaillon 84300 43.84 5.04 | Vedène 84270 43.98 4.90'),
  area(
    'Pays d’Aix',
    4,
    'Aix-en-Provence 13100 43.53 5.45 | Gardanne 13120 43.45 5.47 | Pertuis 84120 43.69 5.50 | Lambesc 13410 43.65 5.26',
  ),
  area('Grésivaudan', 4, 'Grenoble 38000 45.19 5.72 | Crolles 38920 45.28 5.88 | Meylan 38240 45.21 5.78 | Pontcharra 38530 45.43 6.02'),
  area(
    'Forez',
    4,
    'Saint-Étienne 42000 45.44 4.39 | Montbrison 42600 45.61 4.07 | Feurs 42110 45.74 4.23 | Andrézieux-Bouthéon 42160 45.53 4.26',
  ),
  area('Bresse', 4, 'Bourg-en-Bresse 01000 46.21 5.23 | Viriat 01440 46.25 5.22 | Louhans 71500 46.63 5.22 | Mâcon 71000 46.31 4.83'),
  area(
    'Limagne',
    4,
    'Clermont-Ferrand 63000 45.78 3.08 | Riom 63200 45.89 3.11 | Issoire 63500 45.54 3.25 | Cournon-d’Auvergne 63800 45.74 3.20',
  ),
];
