"""The demo's 3,329 classes: 大类 › 小类 › 细类 from facets (what × what is wrong with it), with limits and conditions."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from ...domain.category import CaseClass
from ...domain.clock import Limit, LimitKind

TOTAL = 3_329
U, W, D, C = LimitKind.URGENT_HOUR, LimitKind.WORK_HOUR, LimitKind.WORK_DAY, LimitKind.CALENDAR_DAY


@dataclass(frozen=True, slots=True)
class Facet:
    """One 小类: every object with every fault is a 细类. `duty` is the assisting-duty item it falls under."""

    minor: str
    trade: str
    kind: str
    limit: tuple[LimitKind, float]
    objects: str
    faults: str
    duty: int = 0


MAJORS: tuple[tuple[str, float, tuple[Facet, ...]], ...] = (
    ("市容环卫", 34.8, (
        Facet("道路保洁", "sanitation", "event", (W, 4), "主干道 次干道 背街小巷 人行道 桥洞 隔离带 早市 夜市 广场 公交站 步行街 铁路沿线", "暴露垃圾 积存污物 落叶堆积 油污 扬尘 积雪未清 结冰 泥水"),
        Facet("垃圾收运", "sanitation", "event", (W, 6), "垃圾桶 垃圾箱房 垃圾中转站 建筑垃圾 大件垃圾 餐厨垃圾 可回收物点 楼道垃圾 绿地垃圾 河道垃圾", "满溢 未清运 破损 异味 散落 占道堆放 混装混运 被移走"),
        Facet("占道经营", "enforcement", "event", (U, 2), "流动摊贩 店外摆摊 烧烤摊 早餐摊 水果摊 修车摊 占道洗车 促销台", "占用人行道 占用盲道 阻塞路口 油烟扰民 噪声扰民 遗留垃圾 占用消防通道"),
        Facet("户外广告", "enforcement", "part", (W, 8), "门头牌匾 灯箱 条幅 道旗 电子屏 墙体广告 公交站广告 楼顶字", "破损 脱落 倾斜 未经审批 内容褪色 夜间过亮 遮挡视线"),
        Facet("乱贴乱画", "enforcement", "event", (W, 4), "楼道 电杆 围墙 变电箱 公交站牌 护栏 楼体外墙 单元门", "小广告 涂鸦 残留胶痕 乱挂衣物 乱拉绳索"),
        Facet("公厕管理", "sanitation", "part", (W, 6), "街边公厕 市场公厕 公园公厕 旱厕 移动公厕 社区公厕", "堵塞 断水 灯不亮 异味 门锁损坏 未按时开放 地面湿滑 缺少扶手"),
        Facet("违法建设", "enforcement", "event", (D, 5), "屋顶 阳台 庭院 楼间空地 地下室 露台 车库 围墙", "私搭棚房 加建 封堵通道 改变用途 占用绿地 拆除后复建"),
    )),
    ("市政设施", 20.5, (
        Facet("道路设施", "municipal", "part", (D, 3), "机动车道 非机动车道 人行道 盲道 路缘石 台阶 坡道 桥面 涵洞 护坡", "坑槽 塌陷 破损 松动 积水 翻浆 沉降 裂缝"),
        Facet("井盖", "municipal", "part", (U, 2), "雨水井盖 污水井盖 热力井盖 电力井盖 通信井盖 自来水井盖 燃气井盖 消防井盖 无主井盖", "缺失 破损 移位 异响 下沉 冒水 被掩埋"),
        Facet("照明", "municipal", "part", (W, 8), "路灯 楼道灯 庭院灯 高杆灯 景观灯 隧道灯 桥灯 太阳能灯", "不亮 闪烁 灯杆倾斜 线路外露 白天常亮 照明过暗 灯罩脱落"),
        Facet("排水", "municipal", "part", (U, 4), "雨水口 排水沟 检查井 排水泵站 地下通道 涵管 小区排水管 化粪池", "堵塞 冒溢 积水 破裂 盖板缺失 异味 淤积"),
        Facet("公共座椅与护栏", "municipal", "part", (D, 3), "座椅 护栏 隔离墩 石球 指路牌 街名牌 公告栏 信报箱", "损坏 缺失 倾斜 锈蚀 松动 被占用"),
        Facet("园林绿化", "parks", "part", (D, 3), "行道树 草坪 花坛 绿篱 古树 树池 公园步道 健身器材", "枯死 折断 倒伏 遮挡信号灯 遮挡采光 被毁 病虫害 浇灌不足"),
    )),
    ("环保水务", 19.3, (
        Facet("噪声", "environment", "event", (U, 2), "建筑施工 餐馆 广场舞 娱乐场所 工厂设备 空调外机 装修 宠物 商铺喇叭 夜间装卸", "夜间扰民 午间扰民 高考期间 持续不断 低频震动"),
        Facet("大气", "environment", "event", (W, 4), "餐馆 露天烧烤 锅炉 工地 料堆 喷漆房 秸秆 垃圾 加油站", "油烟 异味 黑烟 扬尘 焚烧 未覆盖"),
        Facet("水体", "water_affairs", "event", (D, 2), "河道 水库 沟渠 池塘 景观水体 排污口 地下水", "污水直排 漂浮物 黑臭 变色 死鱼 淤堵 岸坡坍塌"),
        Facet("固废与危废", "environment", "event", (D, 1), "医疗废物 废机油 废电池 化工桶 工业废渣 农药瓶 建筑渣土", "随意倾倒 露天存放 泄漏 运输遗撒 标识缺失"),
        Facet("防汛", "water_affairs", "event", (U, 2), "堤防 闸门 低洼院落 地下车库 下穿桥 山洪沟 排涝站", "进水 管涌 积水 启闭失灵 物资不足 警示缺失"),
        Facet("供水水质", "water_supply", "event", (U, 4), "自来水 二次供水 水箱 管网末梢 农村饮水", "发黄 异味 浑浊 有杂质 检测未公示"),
    )),
    ("交通运输", 5.3, (
        Facet("停车", "police", "event", (U, 2), "消防通道 人行道 盲道 小区出入口 公交站 路口 校门口 医院门口 绿化带 僵尸车", "违停 长期占用 堵塞 加装地锁 收费争议"),
        Facet("公共交通", "traffic", "event", (D, 3), "公交车 出租车 网约车 公交站亭 长途客运 通勤车", "不按时 拒载 绕路 站亭损坏 线路调整 车内卫生 服务态度 乱收费"),
        Facet("交通设施", "traffic", "part", (W, 8), "信号灯 标志牌 标线 减速带 隔离栏 反光镜 电子警察 公路标识", "不亮 损坏 不清 缺失 配时不合理 被遮挡"),
        Facet("公路养护", "traffic", "part", (D, 5), "县道 乡道 村道 通村桥 边沟 护栏 边坡", "坑洼 塌方 破损 积雪 路肩缺失 超载碾压"),
    )),
    ("房屋设施", 5.2, (
        Facet("消防设施", "housing", "part", (U, 3), "管道 消火栓 喷淋头 灭火器 应急灯 烟感 防火门 消防水箱 消防泵 疏散指示", "渗漏 损坏 缺失 失效 被遮挡 压力不足 锈蚀", 7),
        Facet("电梯", "housing", "part", (U, 2), "客梯 货梯 无障碍电梯 扶梯 加装电梯 消防电梯", "困人 停运 异响 平层不准 门失灵 按钮失灵 维保过期", 7),
        Facet("楼体", "housing", "part", (D, 2), "外墙砖 屋面 阳台 楼道 单元门 雨水管 窗户 地下室 门廊 女儿墙", "脱落 漏水 开裂 渗水 破损 松动 发霉"),
        Facet("物业服务", "property", "event", (D, 3), "保洁 保安 绿化 公共收益 维修资金 停车管理 电梯维保 门禁 监控 小区照明", "不到位 收费争议 未公示 响应慢 态度差 长期不修"),
        Facet("危旧房", "housing", "event", (D, 1), "老旧住宅 土坯房 自建房 围墙 烟囱 挡土墙", "墙体开裂 倾斜 屋顶塌落 无人居住 违规出租", 7),
    )),
    ("供热供水供气", 4.6, (
        Facet("供热", "heating", "event", (U, 4), "换热站 供热管道 楼栋立管 户内暖气 热力井 热计量表 二次网", "停供 温度不达标 漏水 异响 排气不畅 收费争议 压力不足"),
        Facet("供水", "water_supply", "event", (U, 4), "主管网 楼栋支管 水表 加压泵站 水箱 消防水源 户内阀门", "停水 爆管 水压低 渗漏 冻结 计量争议"),
        Facet("供气", "gas", "event", (U, 1), "燃气管道 燃气表 调压箱 报警器 液化气站 阀门井", "泄漏 停供 异味 失灵 占压 表具故障"),
        Facet("供电", "power", "event", (U, 2), "配电箱 架空线 变压器 电表 充电桩 电杆 低压线", "停电 打火 下垂 漏电 噪声大 倾斜 计量争议"),
        Facet("通信", "telecom", "part", (D, 2), "光缆 电话线 通信杆 交接箱 基站 宽带", "下垂 断裂 倾斜 箱门敞开 信号弱 故障"),
    )),
    ("社区管理", 3.4, (
        Facet("邻里纠纷", "justice", "event", (D, 5), "漏水 噪声 占用楼道 宠物 停车位 采光 通行 养鸽 空调水 宅基地", "调解 损害赔偿 反复发生 拒不改正"),
        Facet("便民服务", "window", "event", (D, 2), "居住证明 养老认证 高龄补贴 医保参保 残疾证 老年证 低保申请 流动登记 生育登记", "材料不清 往返多次 等候过长 系统故障 政策咨询"),
        Facet("社区环境", "window", "event", (D, 2), "楼道 单元门口 宣传栏 活动室 儿童乐园 健身点 晾衣场 车棚", "堆物 脏乱 损坏 被占用 飞线充电 开放时间短", 4),
        Facet("养犬", "police", "event", (W, 4), "大型犬 烈性犬 流浪犬 未拴绳犬 未免疫犬 群居犬", "伤人 吓人 便溺 夜吠 聚集 弃养"),
    )),
    ("公共安全", 4.0, (
        Facet("消防通道", "fire", "event", (U, 1), "小区主路 单元门前 商业街 市场 学校门前 医院门前 厂区 楼梯间", "车辆占用 杂物占用 上锁 私设障碍 被封堵 长期停车", 7),
        Facet("隐患", "emergency", "event", (W, 4), "工地 加油站 化工点 烟花点 粉尘车间 有限空间 人员密集场所 老旧电线 高空悬挂物", "无防护 违规作业 无警示 超量存放 出口锁闭 未培训", 7),
        Facet("治安", "police", "event", (U, 1), "楼道 车棚 商铺 公园 工地 出租屋 校园周边 夜市", "盗窃 打架 可疑人员 赌博 噪声报警 损坏公物 诈骗", 6),
        Facet("森林防火", "emergency", "event", (U, 1), "坟地 林地 景区 秸秆地 山边 防火道", "冒烟 烧纸 野炊 烧荒 无人值守", 7),
    )),
    ("民生保障", 1.6, (
        Facet("养老助残", "civil", "event", (D, 3), "独居老人 高龄老人 失能老人 残疾人 留守老人 养老院 日间照料点 助餐点", "需要照料 设施损坏 服务不到位 补贴未到 失联 饮食卫生", 9),
        Facet("社会救助", "civil", "event", (D, 3), "低保户 特困人员 临时困难 流浪人员 受灾户 困境儿童", "申请 复核 停发异议 急需救助 物资不足", 9),
        Facet("医疗卫生", "health", "event", (D, 3), "卫生服务站 村卫生室 诊所 药店 疫苗接种 家庭医生 公共场所", "停诊 无证 收费争议 服务态度 排队过长 卫生不合格"),
        Facet("教育", "education", "event", (D, 5), "幼儿园 小学 中学 校外培训 校车 学区 校园食堂", "收费 招生 安全 服务质量 停办退费 作业负担"),
        Facet("劳动就业", "labour", "event", (D, 5), "建筑企业 餐饮企业 工厂 商场 物业公司 劳务公司 灵活就业", "拖欠工资 未签合同 未缴社保 加班 工伤 裁员补偿"),
    )),
    ("市场监管", 0.8, (
        Facet("消费维权", "market", "event", (D, 5), "超市 餐馆 网店 预付卡 家电 汽车 药店 菜市场 健身房 美容院", "短斤少两 不退费 质量问题 虚假宣传 过期 价格欺诈 无照经营"),
        Facet("食品安全", "market", "event", (D, 2), "小餐桌 流动早餐 熟食店 学校周边 冷链 农贸市场 外卖", "不洁 无证 变质 超范围 添加剂 异物"),
    )),
    ("农业农村", 0.5, (
        Facet("农业生产", "agriculture", "event", (D, 5), "大棚 农机 灌溉渠 机井 种子 化肥 畜禽 果园", "损毁 故障 缺水 假劣 病害 滞销 补贴未到"),
        Facet("村庄环境", "agriculture", "event", (D, 3), "村道 边沟 柴草垛 旱厕 畜禽粪污 残膜 村口", "脏乱 堵塞 占道 异味 未清理"),
        Facet("土地", "land", "event", (D, 7), "耕地 林地 宅基地 河滩地 采石场 设施用地", "占用 权属争议 撂荒 违规建设 边界不清 盗采"),
    )),
)  # fmt: skip


def classes() -> dict[int, CaseClass]:
    """Exactly 3,329 classes by id (1…); ids follow the order above and do not depend on chance."""
    leaves: list[tuple[str, float, Facet, str, str]] = []
    for major, share, facets in MAJORS:
        for facet in facets:
            leaves += [
                (major, share, facet, thing, fault) for thing in facet.objects.split() for fault in facet.faults.split()
            ]
    names = [(major, facet.minor, thing + fault) for major, _, facet, thing, fault in leaves]
    leaves += _finer(leaves, TOTAL - len(names))
    if len(leaves) != TOTAL:
        raise ValueError(f"{len(leaves)} classes")
    weights = [_weight(major, facet, thing, fault) for major, _, facet, thing, fault in leaves]
    sums: dict[str, float] = {}
    for (major, *_), weight in zip(leaves, weights, strict=True):
        sums[major] = sums.get(major, 0.0) + weight
    made: dict[int, CaseClass] = {}
    counters: dict[str, int] = {}
    for number, ((major, share, facet, thing, fault), weight) in enumerate(zip(leaves, weights, strict=True), 1):
        prefix = f"{[m for m, _, _ in MAJORS].index(major) + 1:02d}{_minor_number(major, facet):02d}"
        counters[prefix] = counters.get(prefix, 0) + 1
        name = thing + fault
        made[number] = CaseClass(
            id=number, code=f"{prefix}{counters[prefix]:03d}", major=major, minor=facet.minor, name=name, kind=facet.kind,
            limit=Limit(*facet.limit), trade=facet.trade, filing=f"现场确有“{name}”，位置明确，属本辖区管理",
            closing=f"“{name}”已消除，现场恢复正常，有处置后照片", duty_item=facet.duty,
            share=round(share * weight / sums[major], 6),
        )  # fmt: skip
    return made


def _minor_number(major: str, facet: Facet) -> int:
    facets = next(f for m, _, f in MAJORS if m == major)
    return facets.index(facet) + 1


def _weight(major: str, facet: Facet, thing: str, fault: str) -> float:
    """A skewed, fixed weight: a few classes make most of the day, as they do everywhere."""
    mixed = zlib.crc32(f"{major}{facet.minor}{thing}{fault}".encode()) / 2**32
    return 0.02 + mixed**6


def _finer(leaves: list[tuple[str, float, Facet, str, str]], missing: int) -> list[tuple[str, float, Facet, str, str]]:
    """Finer leaves by where it happens, spread evenly over the tree, until the total is reached."""
    places = ("小区内", "学校周边", "医院周边", "市场周边", "村内", "园区内")
    step = max(1, len(leaves) // 389)
    order = [leaf for start in range(step) for leaf in leaves[start::step]]
    found: list[tuple[str, float, Facet, str, str]] = []
    for place in places:
        for major, share, facet, thing, fault in order:
            if len(found) >= missing:
                return found
            found.append((major, share, facet, place + thing, fault))
    return found
